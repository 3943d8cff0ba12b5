/** One call of the Bot API. The token is in its address, so no error of ours ever repeats an address. */

export const TELEGRAM = 'https://api.telegram.org'

export type BotApi = { token: string; root: string }

export type Refusal = { ok: false; code: number; description: string; retryAfter: number }
export type Answer<T> = { ok: true; result: T } | Refusal

/** The server could not be reached, or answered something that is not the Bot API. */
export class Unreachable extends Error {}

/** @throws Unreachable; whatever aborted `signal` */
export async function call<T>(api: BotApi, method: string, params: object = {}, signal?: AbortSignal): Promise<Answer<T>> {
  let body: Record<string, unknown>
  try {
    const response = await fetch(`${api.root}/bot${api.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
      ...(signal ? { signal } : {}),
    })
    body = (await response.json()) as Record<string, unknown>
  } catch {
    signal?.throwIfAborted()
    throw new Unreachable(`${new URL(api.root).host} cannot be reached, or what answers there is no Bot API.`)
  }
  if (body.ok === true) return { ok: true, result: body.result as T }
  const { retry_after: wait } = (body.parameters ?? {}) as { retry_after?: unknown }
  return {
    ok: false,
    code: Number(body.error_code ?? 0),
    description: String(body.description ?? ''),
    retryAfter: typeof wait === 'number' ? wait : 0,
  }
}

/** Telegram answers 404 to a token of the wrong shape, and 401 to one it does not know. */
export const isWrongToken = ({ code }: Refusal): boolean => code === 401 || code === 404

export const WRONG_TOKEN =
  'Telegram does not know this BOT_TOKEN. Copy it again from @BotFather (/mybots → your bot → API Token), without spaces or quotes.'
