/** What is wrong with a call by its fields alone, whatever stands in the chats: the schema of the published types, then the limits they cannot say. */
import { type Broken, readText, rulesOf, shapeAnswer } from './rules.ts'
import { isMethod, type Params, schemaProblems } from './schema.ts'

/** `answer` is Telegram's description when it refuses the call, and missing when it lets the call pass. */
export type Judged = Broken & { kind: 'method' | 'schema' | 'rule' }

const TEXTS = new Set(['sendMessage', 'editMessageText'])

export function judge(method: string, params: Params): Judged[] {
  if (!isMethod(method)) return [{ kind: 'method', field: '', remedy: 'the Bot API has no such method' }]
  const schema = schemaProblems(method, params).map((problem): Judged => {
    const answer = shapeAnswer(method, params, problem)
    return { kind: 'schema', ...problem, ...(answer === undefined ? {} : { answer }) }
  })
  const hasText = (TEXTS.has(method) && typeof params.text === 'string') || typeof params.caption === 'string'
  const broken = [...(hasText ? readText(method, params).broken : []), ...rulesOf(method, params)]
  return [...schema, ...broken.map((one): Judged => ({ kind: 'rule', ...one }))]
}

/** One line a fault, with method, field and remedy. */
export const faultLine = ({ kind, method, field, remedy }: { kind: string; method: string; field: string; remedy: string }): string =>
  `${kind} ${method} ${field}: ${remedy}`.replace(' :', ':')

/** For tests in workerd, which can read no file and make no code of a schema: calls go in, lines come out. */
export const judgeAll = (calls: { method: string; params: Params }[]): string[] =>
  calls.flatMap(({ method, params }) => judge(method, params).map((judged) => faultLine({ ...judged, method })))
