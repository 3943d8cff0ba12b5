/**
 * A transcript is a walk through the guide by step and choice, never by wording; a player is one channel that can walk it. What a
 * channel shows otherwise than the transcript says is a `Mismatch` that names the line.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { parse } from 'yaml'
import { LANGUAGES } from '../../schema/terms.ts'

const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/))
const code = v.pipe(v.string(), v.regex(/^(?:[A-Z]{2}\d*|[A-Z]{2}-\w+|[a-z]{2}\.\w+\.\w+)$/))

const lineSchema = v.strictObject({
  /** The choice she presses; nothing on the first line. `back`, `home`, `stop` and `settings` are choices too. */
  takes: v.optional(id),
  /** The step she sees then. */
  sees: id,
  /** What she types in the place field of that step … */
  place: v.optional(v.string()),
  /** … and which of the places found she means, when more than one was. */
  area: v.optional(code),
  /** The oblast she picks from the list instead. */
  picks: v.optional(code),
  /** Numbers that stand on the screen, all of them, in this order. */
  calls: v.optional(v.array(id)),
  /** Services listed, in this order, others between them. */
  services: v.optional(v.array(id)),
  /** Neither words nor ids that may be found on the screen. */
  not: v.optional(v.array(v.string())),
})

const schema = v.strictObject({ language: v.picklist(LANGUAGES), walk: v.pipe(v.array(lineSchema), v.minLength(2)) })

export type Line = v.InferOutput<typeof lineSchema>
export type Transcript = v.InferOutput<typeof schema> & { name: string }

/** What a channel shows, as far as a transcript may speak of it. */
export type Shown = { step: string; language: string; calls: string[]; services: string[]; text: string }

export type Player = {
  look(): Promise<Shown>
  take(choice: string): Promise<void>
  type(place: string): Promise<void>
  /** One of the places found, if there is a choice. */
  choosePlace(area: string): Promise<void>
  pickOblast(area: string): Promise<void>
  close(): Promise<void>
}

export class Mismatch extends Error {}

/** @throws ValiError for a file that is no transcript */
export function transcripts(folder = import.meta.dirname): Transcript[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ name: file.replace('.yaml', ''), ...v.parse(schema, parse(readFileSync(join(folder, file), 'utf8'))) }))
}

/** @throws Mismatch where the channel and the transcript part */
export async function replay({ walk, language, name }: Transcript, player: Player): Promise<void> {
  for (const [index, line] of walk.entries()) {
    const say = (what: string) => new Mismatch(`${name}, line ${index + 1} (${line.takes ?? 'open'} → ${line.sees}): ${what}`)
    try {
      if (line.takes !== undefined) await player.take(line.takes)
      const arrived = await player.look()
      if (arrived.step !== line.sees) throw say(`shows ${arrived.step}`)
      if (line.place !== undefined) await player.type(line.place)
      if (line.area !== undefined) await player.choosePlace(line.area)
      if (line.picks !== undefined) await player.pickOblast(line.picks)
    } catch (error) {
      throw error instanceof Mismatch ? error : say((error as Error).message)
    }
    const fault = difference(line, language, await player.look())
    if (fault !== null) throw say(fault)
  }
}

function difference(line: Line, language: string, shown: Shown): string | null {
  if (shown.step !== line.sees) return `shows ${shown.step}`
  if (shown.language !== language) return `is in ${shown.language} instead of ${language}`
  if (line.calls !== undefined && shown.calls.join() !== line.calls.join())
    return `shows the numbers of ${shown.calls.join(', ') || 'nobody'}`
  if (line.services !== undefined && !inOrder(line.services, shown.services)) return `lists ${shown.services.join(', ') || 'nobody'}`
  const found = (line.not ?? []).find((one) => shown.text.includes(one) || shown.services.includes(one))
  return found === undefined ? null : `shows "${found}"`
}

function inOrder(wanted: string[], listed: string[]): boolean {
  const places = wanted.map((one) => listed.indexOf(one))
  return places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1))
}
