/**
 * The real bot on this machine: asks Telegram for updates (long polling) and hands each, in order, to the local webhook, the same
 * door through which they come in production. Says nothing of what anybody wrote.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type BotApi, call, isWrongToken, type Refusal, Unreachable, WRONG_TOKEN } from './api.ts'
import { ALLOWED_UPDATES } from './settings.ts'

export type Polling = {
  api: BotApi
  webhook: string
  secret: string
  say: (line: string) => void
  signal: AbortSignal
  /** Seconds Telegram may hold an empty answer back. */
  timeout?: number
  /** How long to wait before try number n, from 0. */
  waitMs?: (n: number) => number
}

type Update = { update_id: number }

const TRIES_AT_WEBHOOK = 5
const backoff = (n: number): number => Math.min(60_000, 1000 * 2 ** n)

/** Runs until stopped, or until going on is no use; then the reason has been said. */
export async function poll(polling: Polling): Promise<void> {
  const { api, say, signal, timeout = 50, waitMs = backoff } = polling
  let offset = 0
  let failures = 0
  let told = ''
  const tellOnce = (line: string) => {
    if (line !== told) say(line)
    told = line
  }
  try {
    while (!signal.aborted) {
      const asked = AbortSignal.any([signal, AbortSignal.timeout((timeout + 15) * 1000)])
      const answer = await call<Update[]>(api, 'getUpdates', { offset, timeout, allowed_updates: ALLOWED_UPDATES }, asked).catch(
        (error: unknown) => {
          if (signal.aborted || !isPassing(error)) throw error
          return null
        },
      )
      if (answer?.ok) {
        if (told !== '') say('Telegram answers again.')
        told = ''
        failures = 0
        for (const update of answer.result) {
          await deliver(polling, update, waitMs)
          offset = update.update_id + 1
        }
        // A server that does not hold an empty answer back would be asked without a pause.
        if (answer.result.length === 0) await sleep(Math.min(100, waitMs(0)), undefined, { signal })
        continue
      }
      const refusal = answer === null ? null : judge(answer)
      if (refusal?.final) return say(refusal.line)
      tellOnce(refusal?.line ?? 'Telegram cannot be reached; trying again until it can.')
      await sleep(Math.max(waitMs(failures++), (answer?.retryAfter ?? 0) * 1000), undefined, { signal })
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    if (offset > 0) await confirm(api, offset)
  }
}

const isPassing = (error: unknown): boolean => error instanceof Unreachable || (error as Error).name === 'TimeoutError'

/** What a refusal means for the person at the keyboard, and whether trying again is of use. */
function judge(refusal: Refusal): { line: string; final: boolean } {
  const { code, description } = refusal
  if (isWrongToken(refusal)) return { line: WRONG_TOKEN, final: true }
  if (code === 409 && /webhook/i.test(description))
    return {
      line:
        'This bot is already served from a webhook elsewhere, so it was left alone there. ' +
        'For trying things out make a second bot with @BotFather and put its token into .dev.vars. (npm run bot -- status says where it is served.)',
      final: true,
    }
  if (code === 409)
    return { line: 'Another program asks for the updates of this bot, perhaps npm start in another window. Stop that one.', final: false }
  if (code === 429) return { line: 'Telegram asks to go slower; waiting as long as it says.', final: false }
  return { line: `Telegram answers ${code}; trying again until it is well.`, final: false }
}

/** Tried again as Telegram would; one that is refused for good is left behind, so that the others get through. */
async function deliver({ webhook, secret, say, signal }: Polling, update: Update, waitMs: (n: number) => number): Promise<void> {
  for (let n = 0; n < TRIES_AT_WEBHOOK; n++) {
    try {
      const response = await fetch(webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal,
      })
      await response.body?.cancel()
      if (response.ok) return
    } catch {
      signal.throwIfAborted()
    }
    await sleep(waitMs(n), undefined, { signal })
  }
  say('One update could not be handled and was left behind; the bot goes on.')
}

/** Telegram forgets an update only when the next is asked for: without this the last ones would come again at the next start. */
async function confirm(api: BotApi, offset: number): Promise<void> {
  await call(api, 'getUpdates', { offset, timeout: 0, limit: 1, allowed_updates: ALLOWED_UPDATES }, AbortSignal.timeout(2000)).catch(
    () => {},
  )
}
