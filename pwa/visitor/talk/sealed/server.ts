/** The asks of this page. Nothing of a talk stands in an address; an ask that got no answer may be sent again as it is. */
import type { VisitorAnswer, VisitorAsk, VisitorRefusal } from '../../../../schema/api.ts'

/** `VISITOR_PATH`; that module brings a parser along, which a phone need not load. */
export const PATH = '/t'

/** No answer, or none that can be read. */
export type NoAnswer = { ok: false; reason: 'no-answer' }

const ASK_MS = 15_000

type Answer<A> = Exclude<A, VisitorRefusal> | VisitorRefusal | NoAnswer

/** @typeParam A  what this ask is answered with, if it is not refused */
export async function ask<A extends VisitorAnswer>(body: VisitorAsk): Promise<Answer<A>> {
  try {
    const answer = await fetch(PATH, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ASK_MS),
    })
    return (await answer.json()) as Answer<A>
  } catch {
    return { ok: false, reason: 'no-answer' }
  }
}

/** Between two tries. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
