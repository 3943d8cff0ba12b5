/** What Telegram calls: authenticated before it is read, answered within a second, and never with anything that makes Telegram repeat. */
import { same } from '../../crypto/tag.ts'
import type { BotConfig } from './config.ts'
import { ANSWER_MS, type ChatLine, lineOf } from './line.ts'
import { readUpdate } from './update.ts'
import { within } from './within.ts'

/** Tells nothing to who sees it in a list of addresses. */
export const WEBHOOK_PATH = '/u'

/** Many times an honest update. */
const MAX_BYTES = 256 * 1024

/** Given to a line that does not answer even in its own time. */
const GRACE_MS = 150

type Lines = DurableObjectNamespace<ChatLine>

/** @param goOn keeps what is still going on alive after the answer */
export async function webhook(
  request: Request,
  config: BotConfig,
  lines: Lines,
  goOn: (work: Promise<unknown>) => void,
): Promise<Response> {
  if (!(await same(request.headers.get('X-Telegram-Bot-Api-Secret-Token') ?? '', config.secret))) return new Response(null, { status: 401 })
  const said = readUpdate(await readJson(request))
  if (said === null) return new Response(null)
  try {
    const work = lines
      .getByName(await lineOf(config, said.chat))
      .take(said)
      .catch(() => {})
    goOn(work)
    await within(ANSWER_MS + GRACE_MS, work, undefined)
  } catch {
    // A redelivery would meet the same trouble.
  }
  return new Response(null)
}

/** @returns undefined for a body that is too long, cut off, or no JSON */
async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('Content-Length') ?? 0) > MAX_BYTES || request.body === null) return undefined
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > MAX_BYTES) return undefined
      text += decoder.decode(chunk, { stream: true })
    }
    return JSON.parse(text + decoder.decode())
  } catch {
    return undefined
  }
}
