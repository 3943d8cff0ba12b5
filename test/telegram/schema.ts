/** Whether a call has the fields of the Bot API, no others, and of the right types. Lengths and the like are in `rules.ts`. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { botSchema, type Schema } from '../../scripts/bot-schema.ts'

export type Params = Record<string, unknown>
/** What is wrong with a call, and what to write instead. */
export type Problem = { field: string; remedy: string }

const { methods, definitions } = await botSchema()
const ajv = new Ajv({ strict: false, allErrors: true, verbose: true })
ajv.addSchema({ $id: 'bot', definitions })
const compiled = new Map<string, ValidateFunction>()

export const isMethod = (method: string): boolean => Object.hasOwn(methods, method)

export function schemaProblems(method: string, params: Params): Problem[] {
  const name = methods[method]
  if (!name) return Object.keys(params).map((field) => ({ field, remedy: 'takes no parameters' }))
  let validate = compiled.get(name)
  if (!validate) compiled.set(name, (validate = ajv.compile({ $ref: `bot#/definitions/${name}` })))
  return validate(params) ? [] : worded(validate.errors ?? [])
}

/** Of the errors of a union only the deepest are kept: they belong to the branch that was meant. */
function worded(errors: ErrorObject[]): Problem[] {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length
  const top = (error: ErrorObject) => error.instancePath.split('/')[1] ?? ''
  const problems = errors
    .filter((error) => error.keyword !== 'anyOf')
    .filter((error) => !top(error) || depth(error) === Math.max(...errors.filter((other) => top(other) === top(error)).map(depth)))
    .map(({ instancePath, keyword, params, message = '' }) => {
      const inside = instancePath.slice(1).replaceAll('/', '.')
      const extra = String(params.additionalProperty ?? params.missingProperty ?? '')
      const field = [inside, extra].filter(Boolean).join('.')
      if (keyword === 'additionalProperties') return { field, remedy: 'no such field in the Bot API: correct or remove it' }
      if (keyword === 'required') return { field, remedy: 'is required: add it' }
      if (keyword === 'enum') return { field, remedy: `must be one of ${(params.allowedValues as unknown[]).join(', ')}` }
      return { field, remedy: message }
    })
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}

/** In a form every value is text; those that are not texts by the schema are read as JSON. */
export function fromForm(method: string, fields: Iterable<[string, unknown]>): Params {
  const properties = definitions[methods[method] ?? '']?.properties ?? {}
  const params: Params = {}
  for (const [name, value] of fields) {
    params[name] = value
    if (typeof value !== 'string' || isText(properties[name])) continue
    try {
      params[name] = JSON.parse(value)
    } catch {
      // Left as it is: the schema will say so.
    }
  }
  return params
}

function isText(schema: Schema | undefined): boolean {
  if (!schema) return true
  if (schema.$ref) return isText(definitions[decodeURIComponent(schema.$ref.replace('#/definitions/', ''))])
  if (schema.anyOf) return schema.anyOf.some(isText) && !schema.anyOf.some(({ type }) => type === 'integer' || type === 'object')
  return schema.type === 'string'
}
