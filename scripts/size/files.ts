/** The files behind the first view, as the build compressed them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import type { Manifest } from '../../schema/manifest.ts'
import { brotli } from '../build/served.ts'
import { bundle } from '../build/visitor.ts'

/** Bytes as a phone receives them. */
export type Size = { name: string; bytes: number; budget: number }

const KB = 1024
const BOOK = 60 * KB
const DIRECTORY = 40 * KB
const PLACES = 120 * KB
/** What reads her own words: of a country's languages, or of English. The script that does, with its patterns, comes beside it. */
const UNDERSTAND = 60 * KB
/** Keys and seals of the talk, and the whole of its script: both only for who asks for a person. */
const SEALED = 9 * KB
const TALK = 23 * KB
const TALK_WORDS = 4 * KB
/** Nobody in danger waits for it; still, a desk should open on a phone. */
const DESK = 60 * KB

const MODELS = 'guide/understand/models'

export async function fileSizes(root: string): Promise<Size[]> {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/built/manifest.txt'), 'utf8')) as Manifest
  const bytes = (path: string): number => statSync(join(root, 'dist/client', `${path}.br`)).size
  const { script, style, words } = manifest.talk
  const talk = [
    { name: 'talk-keys', bytes: brotli(Buffer.from(await moduleOf(root, 'pwa/visitor/talk/sealed/keys.ts'))).length, budget: SEALED },
    { name: 'talk', bytes: bytes(script.src) + bytes(style.src), budget: TALK },
    { name: 'talk-words', bytes: Math.max(...words.map(bytes)), budget: TALK_WORDS },
  ]
  const texts = Object.entries(manifest.countries).flatMap(([country, { languages, places }]) => [
    ...Object.entries(languages).map(([language, { book }]) => ({
      name: `guide-${country}-${language}`,
      bytes: bytes(book),
      budget: BOOK,
    })),
    ...Object.entries(languages).map(([language, { directory }]) => ({
      name: `directory-${country}-${language}`,
      bytes: bytes(directory),
      budget: DIRECTORY,
    })),
    { name: `places-${country}`, bytes: bytes(places), budget: PLACES },
  ])
  const reading = readdirSync(join(root, MODELS))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({
      name: `understand-${name.slice(0, -4)}`,
      bytes: brotli(readFileSync(join(root, MODELS, name))).length,
      budget: UNDERSTAND,
    }))
  const desk = { name: 'desk', bytes: bytes(manifest.desk.script.src) + bytes(manifest.desk.style.src), budget: DESK }
  return [...talk, desk, ...reading, ...texts]
}

const USED = 'used-entry.ts'

/** A part of a script by itself, with everything it brings along: used as the script uses it, so that no names of exports are counted. */
async function moduleOf(root: string, entry: string): Promise<string> {
  const path = join(root, entry)
  const lists = [...readFileSync(path, 'utf8').matchAll(/export \{([^}]*)\}/g)].flatMap(([, list = '']) => list.split(','))
  const names = lists.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '))
  const used: Plugin = {
    name: 'used',
    resolveId: (id) => (id.endsWith(USED) ? USED : null),
    load: (id) => (id === USED ? `import { ${names} } from ${JSON.stringify(path)}\nglobalThis.used = [${names}]` : null),
  }
  return (await bundle(root, USED, {}, [used])).js
}
