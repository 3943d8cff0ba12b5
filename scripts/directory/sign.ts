/** Whoever rang signs: `verified` is written into the service's file, and not a byte of it besides. The day is an argument. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { isMap, isScalar, parseDocument } from 'yaml'
import { slips } from '../../guide/fold.ts'
import { ServiceFile } from '../../schema/content.ts'
import { fail, ok, type Result } from '../../schema/result.ts'

export const HOWS = ['rang', 'wrote', 'visited'] as const
export type How = (typeof HOWS)[number]

export type Signature = { on: string; by: string; how: How; note: string | null }

/** What was typed, still to be judged. */
export type Typed = {
  id: string | undefined
  by: string | undefined
  how: string | undefined
  on: string | undefined
  note: string | undefined
}

const FOLDER = 'guide/content/services'

/** One sentence when it is refused.
 *  @param today `2026-11-22` where the signer is */
export function sign(root: string, typed: Typed, today: string): Result<{ file: string; signature: Signature }, string> {
  const ids = readdirSync(join(root, FOLDER))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
  if (typed.id === undefined) return fail('which service? npm run directory -- sign <id> --by "Name or role" --how rang')
  if (!ids.includes(typed.id)) return fail(unknownId(typed.id, ids))
  const signature = readSignature(typed, today)
  if (!signature.ok) return signature
  const file = `${FOLDER}/${typed.id}.yaml`
  const path = join(root, file)
  if (!existsSync(path)) return fail(`${file} is gone.`)
  const signed = signedText(readFileSync(path, 'utf8'), signature.value)
  if (!signed.ok) return fail(`${file}: ${signed.error}`)
  writeFileSync(path, signed.value)
  return ok({ file, signature: signature.value })
}

function readSignature({ by, how, on = '', note }: Typed, today: string): Result<Signature, string> {
  const signer = by?.trim() ?? ''
  if (signer === '') return fail('who checked it? Add --by "Name or role".')
  const way = HOWS.find((one) => one === how)
  if (way === undefined)
    return fail(
      `${how === undefined ? 'how was it checked? Add --how' : `"${how}" is not a way to check; possible: --how`} ${HOWS.join(', --how ')}.`,
    )
  const day = on === '' ? today : on
  if (!isDay(day)) return fail(`"${day}" is not a day; possible: a day such as ${today}.`)
  if (day > today) return fail(`${day} has not come yet; today is ${today}.`)
  return ok({ on: day, by: signer, how: way, note: note?.trim() || null })
}

/** `2026-11-22`, and a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const midnight = new Date(`${text}T00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}

/** Near ones: a few slips away, or having what was typed as a part. */
export function unknownId(id: string, ids: string[]): string {
  const most = Math.max(2, Math.floor(id.length / 4))
  const near = ids
    .map((one) => ({ one, cost: id.length > 2 && one.includes(id) ? 0 : slips(id, one, most) }))
    .filter(({ cost }) => cost <= most)
    .sort((a, b) => a.cost - b.cost || (a.one < b.one ? -1 : 1))
    .slice(0, 5)
    .map(({ one }) => one)
  return `there is no service "${id}"; ${near.length > 0 ? `near ones: ${near.join(', ')}` : `the ids are the names of the files in ${FOLDER}`}.`
}

/** The file's text with the signature in it; comments, quotes and order stay as they are. */
export function signedText(text: string, { on, by, how, note }: Signature): Result<string, string> {
  const document = parseDocument(text)
  const record = document.contents
  if (document.errors.length > 0 || !isMap(record)) return fail('this is not valid YAML.')
  const pair = record.items.find(({ key }) => isScalar(key) && key.value === 'verified')
  const value = `{ on: ${JSON.stringify(on)}, by: ${JSON.stringify(by)}, how: ${how}, source: ${JSON.stringify(note)} }`
  const key = (pair?.key as { range?: [number, number, number] } | undefined)?.range
  const old = (pair?.value as { range?: [number, number, number] } | null | undefined)?.range
  if (key === undefined || old === undefined) return fail('it has no "verified" line; add "verified: null" at its end.')
  // A block of several lines ends behind its last line break, which stays.
  const replaced = text.slice(key[1], old[1])
  const end = replaced.trimEnd().length
  const signed = `${text.slice(0, key[1])}: ${value}${replaced.slice(end)}${text.slice(old[1])}`
  const after = parseDocument(signed)
  const parsed = v.safeParse(ServiceFile, after.toJS())
  if (after.errors.length > 0 || !parsed.success) return fail('signed, it would not be a valid record; run npm run check:content first.')
  if (note !== null && parsed.output.place_confidential)
    return fail('its place must not be known, so no note is kept with it; sign without --note.')
  return ok(signed)
}
