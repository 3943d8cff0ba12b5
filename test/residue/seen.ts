/** What a visit has shown, taken in and received: only what was really seen or typed in this run is worth looking for. */
import type { Trace } from '../../schema/residue.ts'
import type { Passed } from './front.ts'
import type { Marker } from './scanner/forms.ts'

export type Seen = {
  add(kind: Trace, value: string): void
  /** Bytes that open, name or carry a talk. Fewer than eight may stand anywhere. */
  key(name: string, bytes: Uint8Array): void
  markers(passed: Passed[]): Marker[]
  count(kind: Trace): number
  is(kind: Trace, value: string): boolean
}

const LEAST_KEY = 8

/** A piece of a file that long is in no other file. */
const PIECE = 48
const PIECES_PER_FILE = 30
/** Sentences of the guide are looked for whole. */
const SENTENCE = 30
const SENTENCES_PER_FILE = 300

export function nothingSeen(host: string): Seen {
  const values = new Map<string, Trace>()
  const keys = new Map<string, Marker>()
  const add = (kind: Trace, value: string) => {
    if (!values.has(value)) values.set(value, kind)
  }
  return {
    add,
    is: (kind, value) => values.get(value) === kind,
    key(name, bytes) {
      if (bytes.length < LEAST_KEY || bytes.every((byte) => byte === 0)) throw new Error(`${name} is no key`)
      const value = Buffer.from(bytes)
      keys.set(value.toString('hex'), { id: `key ${keys.size}: ${name}`, class: 'key', value })
    },
    count: (kind) => [...values.values(), ...[...keys.values()].map(() => 'key')].filter((one) => one === kind).length,
    markers(passed) {
      for (const { path, sent, answered } of passed) {
        // What only some visits load tells by its name what was opened.
        if (path !== '/') add('code', path)
        const position = new URLSearchParams(sent).get('p')
        if (position) add('code', position)
        for (const piece of pieces(answered.toString('utf8'))) add('app', piece)
      }
      const found = [...values].map(([value, kind], n): Marker => ({ id: `${kind} ${n}: ${value.slice(0, 60)}`, class: kind, value }))
      return [...found, ...keys.values(), { id: 'host', class: 'host', value: host, host: true }]
    },
  }
}

function pieces(text: string): string[] {
  const spread = (all: string[], most: number) => all.filter((_, n) => n % Math.ceil(all.length / most) === 0)
  const sentences = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, inside = '']) =>
    inside.length >= SENTENCE && /\s/.test(inside) ? [inside] : [],
  )
  const cuts = Array.from({ length: Math.floor(text.length / PIECE) }, (_, n) => text.slice(n * PIECE, (n + 1) * PIECE))
  // A cut through the middle of an emoji is no text.
  const whole = cuts.filter((cut) => cut.isWellFormed())
  return [...spread(sentences, SENTENCES_PER_FILE), ...spread(whole, PIECES_PER_FILE)]
}
