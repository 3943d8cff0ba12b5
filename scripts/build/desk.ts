/** The counsellors' desk: one script and one style, and what finds danger in words, in a folder that only the desk's host serves. */
import type { Asset, DeskReading, Manifest } from '../../schema/manifest.ts'
import { COUNTRIES } from '../../schema/terms.ts'
import type { Compiled } from '../content/all.ts'
import { assetOf, hashOf, putIn } from './served.ts'
import { bundle, READER_ENTRY } from './visitor.ts'

export const DESK_ENTRY = 'pwa/desk/main.tsx'
const FOLDER = 'd'

/** @param defined  constants of the script: `LOCAL`, `TALK` */
export async function buildDesk(
  root: string,
  { countries, english }: Compiled,
  defined: Record<string, string>,
): Promise<Manifest['desk']> {
  const file = putIn(root, FOLDER)
  const put = (text: string, ending: string): Asset => assetOf(file, text, ending)
  const [first] = countries
  if (first === undefined) throw new Error('an organisation without a country')
  const reader = await bundle(root, READER_ENTRY, defined)
  // A language of another country than the organisation's is read as well as can be.
  const models = COUNTRIES.map((country) => [country, put((countries.find(({ code }) => code === country) ?? first).model, 'txt')])
  const listed = put(JSON.stringify({ ...Object.fromEntries(models), EN: put(english, 'txt') }), 'txt')
  const reading: DeskReading = { country: first.code, script: put(reader.js, 'js'), models: listed }
  const { js, css } = await bundle(root, DESK_ENTRY, { ...defined, READING: JSON.stringify(reading) })
  return { script: put(js, 'js'), style: put(css, 'css'), reading, later: [hashOf(reader.js)] }
}
