/**
 * The JSON Schema of every Bot API method's parameters, made from the published types of Telegram's own documentation.
 *
 * Takes some seconds, so it is kept in `dist/` under the version of the types. Whoever wants the schema calls `botSchema`.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { APIMethods } from '@gramio/types'

export type Schema = {
  [key: string]: unknown
  type?: string | string[]
  $ref?: string
  anyOf?: Schema[]
  properties?: Record<string, Schema>
}
/** Every method the Bot API has. */
export type MethodName = keyof APIMethods
/** For each method the name of its parameters among the definitions; null when it takes none. */
export type BotSchema = { methods: Record<string, string | null>; definitions: Record<string, Schema> }

/** Raised by hand when the corrections below change, so that no old file is read. */
const EDITION = 1
const ROOT = join(import.meta.dirname, '..')

/** These are real numbers in the documentation; every other number of the Bot API is an integer. */
const FLOATS = new Set(
  ['latitude', 'longitude', 'horizontal_accuracy', 'start_timestamp', 'main_frame_timestamp', 'x_shift', 'y_shift', 'scale'].concat(
    ['x', 'y', 'width', 'height'].map((side) => `${side}_percentage`),
    ['rotation_angle', 'corner_radius_percentage'],
  ),
)

/** Read from `dist/`, or made and put there. */
export async function botSchema(): Promise<BotSchema> {
  const types = join(ROOT, 'node_modules/@gramio/types')
  const { version } = JSON.parse(readFileSync(join(types, 'package.json'), 'utf8')) as { version: string }
  const kept = join(ROOT, 'dist', 'bot-schema', `${version}-${EDITION}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as BotSchema
  const made = await generate(join(types, 'out'))
  mkdirSync(dirname(kept), { recursive: true })
  // Several test files may get here at once: each writes its own file, and the last rename wins with the same text.
  const mine = `${kept}.${process.pid}`
  writeFileSync(mine, JSON.stringify(made))
  renameSync(mine, kept)
  return made
}

async function generate(out: string): Promise<BotSchema> {
  const { createGenerator } = await import('ts-json-schema-generator')
  const { definitions = {} } = createGenerator({
    path: join(out, 'params.d.ts'),
    type: '*',
    skipTypeCheck: true,
    jsDoc: 'none',
    functions: 'hide',
    additionalProperties: false,
  }).createSchema('*') as { definitions?: Record<string, Schema> }
  const methods: Record<string, string | null> = {}
  for (const [, name = ''] of readFileSync(join(out, 'methods.d.ts'), 'utf8').matchAll(/^ {4}(\w+): CallAPI/gm)) {
    const params = `${name.charAt(0).toUpperCase()}${name.slice(1)}Params`
    methods[name] = params in definitions ? params : null
  }
  for (const definition of Object.values(definitions)) correct(definition)
  return { methods, definitions }
}

/** The types are kinder than Telegram: a text may be anything with `toString`, a keyboard anything with `toJSON`, an id 1.5. */
function correct(schema: Schema): void {
  const kinder = ({ properties = {} }: Schema) => Object.hasOwn(properties, 'toString') || Object.hasOwn(properties, 'toJSON')
  if (schema.anyOf) schema.anyOf = schema.anyOf.filter((option) => !kinder(option))
  for (const [name, property] of Object.entries(schema.properties ?? {})) if (!FLOATS.has(name)) whole(property)
  for (const nested of Object.values(schema)) {
    for (const item of Array.isArray(nested) ? nested : [nested]) if (item && typeof item === 'object') correct(item as Schema)
  }
}

function whole(schema: Schema): void {
  if (schema.type === 'number') schema.type = 'integer'
  else if (Array.isArray(schema.type)) schema.type = schema.type.map((type) => (type === 'number' ? 'integer' : type))
  for (const option of schema.anyOf ?? []) whole(option)
  if (schema.items) whole(schema.items as Schema)
}

if (import.meta.main) {
  const { methods, definitions } = await botSchema()
  console.log(`${Object.keys(methods).length} methods, ${Object.keys(definitions).length} definitions`)
}
