/** The files behind the first view, as the build compressed them. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { Manifest } from '../../schema/manifest.ts'
import { brotli } from '../build/visitor.ts'

/** Bytes as a phone receives them. */
export type Size = { name: string; bytes: number; budget: number }

const KB = 1024
const BOOK = 60 * KB
const DIRECTORY = 40 * KB
const PLACES = 120 * KB
/** Keys and seals of the talk, and the whole of its script: both only for who asks for a person. */
const SEALED = 9 * KB
const TALK = 21 * KB
const TALK_WORDS = 4 * KB

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
  return [...talk, ...texts]
}

/** A part of a script by itself, with everything it brings along. */
async function moduleOf(root: string, entry: string): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: join(root, entry), preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  })
  return [result]
    .flat()
    .flatMap((one) => ('output' in one ? one.output : []))
    .flatMap((file) => (file.type === 'chunk' ? file.code : []))
    .join('')
}
