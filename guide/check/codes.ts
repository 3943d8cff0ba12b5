/** Short opaque codes: what lacks one, what shares one. New ones are drawn by `npm run codes`; none is ever changed or taken back. */
import type { Codes, Content } from '../content.ts'
import { EVERYWHERE } from '../engine.ts'
import { type Atlas, everyStep } from './atlas.ts'
import { type Finding, fault } from './finding.ts'

const FILE = 'guide/content/codes.json'
const REMEDY = 'Run "npm run codes" and keep the file under version control.'

export type MissingCodes = { steps: string[]; choices: string[]; services: string[] }

const without = (ids: Iterable<string>, table: Record<string, unknown>): string[] =>
  [...new Set(ids)].filter((id) => !Object.hasOwn(table, id)).sort()

export function missingCodes(content: Content): MissingCodes {
  const steps = everyStep(content)
  return {
    steps: without(
      steps.map((placed) => placed.id),
      content.codes.steps,
    ),
    choices: without([...EVERYWHERE, ...steps.flatMap((placed) => placed.step.choices.map((choice) => choice.id))], content.codes.choices),
    services: without(
      content.services.map((service) => service.id),
      content.codes.services,
    ),
  }
}

export const STEP_CODE_LENGTH = 3
export const CHOICE_CODE_LENGTH = 2

const sorted = <T>(table: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * The table with a code for everything that lacked one. What was there stays, also for ids that are gone: old buttons live on.
 *
 * @param draw  a random code of so many base-62 characters
 */
export function extendCodes(content: Content, draw: (length: number) => string): Codes {
  const missing = missingCodes(content)
  const extend = (table: Record<string, string>, ids: string[], length: number): Record<string, string> => {
    const taken = new Set(Object.values(table))
    const next = { ...table }
    for (const id of ids) {
      let code = draw(length)
      while (taken.has(code)) code = draw(length)
      taken.add(code)
      next[id] = code
    }
    return sorted(next)
  }
  const services = { ...content.codes.services }
  let last = Math.max(0, ...Object.values(services))
  for (const id of missing.services) services[id] = ++last
  return {
    steps: extend(content.codes.steps, missing.steps, STEP_CODE_LENGTH),
    choices: extend(content.codes.choices, missing.choices, CHOICE_CODE_LENGTH),
    services: sorted(services),
  }
}

function sharedCodes(kind: string, table: Record<string, string | number>): Finding[] {
  const owner = new Map<string | number, string>()
  return Object.entries(table).flatMap(([id, code]) => {
    const other = owner.get(code)
    owner.set(code, id)
    return other === undefined
      ? []
      : [
          fault(
            'duplicate-code',
            { file: FILE, step: kind === 'step' ? id : null },
            `The ${kind}s "${other}" and "${id}" share the code "${code}".`,
            'Take the newer one out and run "npm run codes".',
          ),
        ]
  })
}

/** Positions join step codes without a separator, so each has the same length. */
const misshapen = (kind: string, table: Record<string, string>, length: number): Finding[] =>
  Object.entries(table)
    .filter(([, code]) => code.length !== length || !/^[0-9A-Za-z]+$/.test(code))
    .map(([id, code]) =>
      fault(
        'misshapen-code',
        { file: FILE, step: kind === 'step' ? id : null },
        `The code "${code}" of the ${kind} "${id}" is not ${length} letters or digits.`,
        'Take it out and run "npm run codes".',
      ),
    )

export function checkCodes({ content }: Atlas): Finding[] {
  const missing = missingCodes(content)
  const { codes } = content
  return [
    ...missing.steps.map((id) => fault('missing-code', { file: FILE, step: id }, `The step "${id}" has no code.`, REMEDY)),
    ...missing.choices.map((id) => fault('missing-code', { file: FILE }, `The choice "${id}" has no code.`, REMEDY)),
    ...missing.services.map((id) => fault('missing-code', { file: FILE }, `The service "${id}" has no code.`, REMEDY)),
    ...sharedCodes('step', codes.steps),
    ...sharedCodes('choice', codes.choices),
    ...sharedCodes('service', codes.services),
    ...misshapen('step', codes.steps, STEP_CODE_LENGTH),
    ...misshapen('choice', codes.choices, CHOICE_CODE_LENGTH),
  ]
}
