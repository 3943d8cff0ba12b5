/**
 * Builds everything that is served: content, the visitor's files, the Worker. `--content` stops after the content, `--no-worker` before the
 * Worker. Only `npm run deploy` builds for production; every other build is local, and may believe a root of this machine (`LOCAL`).
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { BuiltTalk } from '../schema/api.ts'
import type { Organisation } from '../schema/content.ts'
import { buildDesk } from './build/desk.ts'
import { remember } from './build/fresh.ts'
import { buildNets } from './build/nets.ts'
import { buildVisitor } from './build/visitor.ts'
import { compileAll } from './content/all.ts'
import { ContentError } from './content/read.ts'
import { QUIET } from './quiet.ts'
import { writeSettings } from './serve/settings.ts'

export async function build(root: string, { worker = true, content = false, production = false } = {}): Promise<void> {
  const compiled = await compileAll(root, { local: !production })
  rmSync(`${root}/dist/stamp`, { force: true })
  rmSync(`${root}/dist/built`, { recursive: true, force: true })
  mkdirSync(`${root}/dist/built`, { recursive: true })
  const put = (name: string, value: unknown) =>
    writeFileSync(`${root}/dist/built/${name}`, typeof value === 'string' ? value : JSON.stringify(value))
  for (const country of compiled.countries) {
    put(`guide-${country.code}.txt`, country.guide)
    put(`places-${country.code}.txt`, country.places)
    put(`model-${country.code}.txt`, country.edgeModel)
    for (const { language, words, directory } of country.languages) {
      put(`words-${country.code}-${language}.txt`, words)
      put(`directory-${country.code}-${language}.txt`, directory)
    }
  }
  put('model-EN.txt', compiled.edgeEnglish)
  const talk = builtTalk(compiled.organisation)
  put('common.txt', { codes: compiled.codes, houses: compiled.houses, organisation: compiled.organisation, talk })
  put('index.ts', indexModule(compiled))
  if (content) return
  const defined = { LOCAL: String(!production), TALK: JSON.stringify(talk) }
  const visitor = await buildVisitor(root, compiled, defined)
  put('manifest.txt', { ...visitor, desk: await buildDesk(root, compiled, defined), nets: buildNets(root, compiled) })
  if (!worker) return
  execFileSync(
    `${root}/node_modules/.bin/wrangler`,
    ['deploy', '--dry-run', '--outdir', 'dist/worker', '--define', `LOCAL:${!production}`],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...QUIET },
    },
  )
  await writeSettings(root)
  // What is built for production is for nothing else.
  if (!production) remember(root)
}

/** Whom page, desk and server believe. In production two roots sign; a single one is enough only while there is no second. */
function builtTalk({ talk }: Organisation): BuiltTalk | null {
  if (talk === undefined || talk.roots.length === 0) return null
  const { id: org, roots, floor, desk } = talk
  return { trust: { org, roots, needed: Math.min(2, roots.length), floor }, desk }
}

/** The module through which the Worker reaches the texts; they stay text until a visitor's language is asked for. */
function indexModule({ countries }: Awaited<ReturnType<typeof compileAll>>): string {
  const lines: string[] = [
    "import common from './common.txt'",
    "import manifest from './manifest.txt'",
    "import english from './model-EN.txt'",
  ]
  const entries = countries.map(({ code, languages }) => {
    lines.push(
      `import guide${code} from './guide-${code}.txt'`,
      `import places${code} from './places-${code}.txt'`,
      `import model${code} from './model-${code}.txt'`,
    )
    const words = languages.map(({ language }) => {
      const name = `${code}${language.replace('-', '')}`
      lines.push(`import words${name} from './words-${code}-${language}.txt'`)
      lines.push(`import directory${name} from './directory-${code}-${language}.txt'`)
      return `'${language}': { words: words${name}, directory: directory${name} }`
    })
    return `${code}: { guide: guide${code}, places: places${code}, model: model${code}, languages: { ${words.join(', ')} } }`
  })
  return `${lines.join('\n')}\nexport const built = { common, manifest, english, countries: { ${entries.join(', ')} } }\n`
}

if (import.meta.main) {
  try {
    await build(process.cwd(), { worker: !process.argv.includes('--no-worker'), content: process.argv.includes('--content') })
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
