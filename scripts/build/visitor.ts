/** The files a visitor's browser loads: five scripts, two styles, and the texts; each under a name that tells nothing, ready compressed. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'
import type { OwnWords } from '../../guide/first-book.ts'
import type { Directory, Guide, Words } from '../../guide/guide.ts'
import { readAsIn } from '../../guide/understand/taught.ts'
import type { Asset, Manifest, TalkAssets } from '../../schema/manifest.ts'
import { BASE, type Language } from '../../schema/terms.ts'
import type { Compiled } from '../content/all.ts'
import { assetOf, hashOf, type Put, putIn, servedIn } from './served.ts'

const FOLDER = 'a'
/** What reads words: of visitors on their phones, of their talks on the desk. */
export const READER_ENTRY = 'pwa/understand.ts'

/** @param defined  constants of the scripts: `LOCAL`, `TALK` */
export async function buildVisitor(
  root: string,
  compiled: Compiled,
  defined: Record<string, string>,
): Promise<Omit<Manifest, 'desk' | 'nets'>> {
  rmSync(servedIn(root), { recursive: true, force: true })
  const put = putIn(root, FOLDER)
  const [exit, core, more, understand, talk] = await Promise.all(
    ['pwa/exit/exit.ts', 'pwa/visitor/core.ts', 'pwa/visitor/more.ts', READER_ENTRY, 'pwa/visitor/talk/talk.ts'].map((entry) =>
      bundle(root, entry, defined),
    ),
  )
  const asset = (text: string | undefined, ending: string): Asset => assetOf(put, text ?? '', ending)
  const reader = asset(understand?.js, 'js')
  const codeWords = new Set(compiled.countries.flatMap(({ languages }) => languages.map(({ talk: said }) => said.codeWords ?? '')))
  const codes = put(JSON.stringify([...codeWords]), 'json')
  const forTalk = { script: asset(talk?.js, 'js'), style: asset(talk?.css, 'css'), codes }
  const talkWords: string[] = []
  const models = new Map(compiled.countries.map(({ code, model }) => [code, model]))
  const countries = Object.fromEntries(
    compiled.countries.map(({ code, guide, places, model, languages }) => {
      const own = (language: Language): OwnWords => ({
        script: reader,
        model: put(models.get(readAsIn(code, language)) ?? model, 'txt'),
        english: put(compiled.english, 'txt'),
      })
      return [
        code,
        {
          places: put(places, 'txt'),
          base: BASE[code],
          languages: Object.fromEntries(
            languages.map(({ language, words, directory, talk: said }) => {
              const path = put(JSON.stringify(said), 'json')
              talkWords.push(path)
              return [language, visitorTexts(guide, words, directory, { own: own(language), talk: { ...forTalk, words: path } }, put)]
            }),
          ),
        },
      ]
    }),
  )
  const elsewhere = Object.fromEntries(Object.entries(countries).map(([code, files]) => [code, { files, house: compiled.houses[code] }]))
  return {
    exit: asset(exit?.js, 'js'),
    core: asset(core?.js, 'js'),
    more: asset(more?.js, 'js'),
    understand: reader,
    later: [more, understand, talk].map((one) => hashOf(one?.js ?? '')),
    style: asset(core?.css, 'css'),
    talk: { ...forTalk, words: talkWords },
    countries,
    elsewhere: put(JSON.stringify(elsewhere), 'json'),
  }
}

/** Two files: the guide with its words and the way to the talk, and the directory with the words that only its cards use. */
function visitorTexts(
  guide: Guide,
  words: Words,
  directory: Directory,
  later: { own: OwnWords; talk: TalkAssets },
  put: Put,
): { book: string; directory: string } {
  const { kinds, serves, offers, cautions, ...rest } = words
  const file = (value: unknown) => put(JSON.stringify(value), 'json')
  return { book: file({ guide, words: rest, ...later }), directory: file({ ...directory, words: { kinds, serves, offers, cautions } }) }
}

/** One self-contained script, and the style it imports. @param plugins  what a measurement or a test changes on the way */
export async function bundle(
  root: string,
  entry: string,
  define: Record<string, string>,
  plugins: Plugin[] = [],
): Promise<{ js: string; css: string }> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    // The same bytes wherever it is built: under a test it would else bring along where each element stands in our files.
    oxc: { jsx: { development: false } },
    plugins,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: { input: join(root, entry), output: { format: 'iife', entryFileNames: 'out.js', assetFileNames: 'out[extname]' } },
    },
  })
  const files = [result].flat().flatMap((one) => ('output' in one ? one.output : []))
  const js = files.flatMap((file) => (file.type === 'chunk' ? file.code : [])).join('')
  const css = files.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? String(file.source) : [])).join('')
  return { js: js.trim(), css: css.trim() }
}
