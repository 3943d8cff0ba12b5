/**
 * Calls of the Bot API: quiet, protected, without previews; repeated where that may help, and never an exception. The only file that
 * knows grammY's client, and nothing of what is sent is said anywhere.
 */
import { Api, GrammyError, HttpError } from 'grammy'

/** What became of a call. `same`: it stood there already. `gone`: she blocked the bot. `refused`: it will never work, such as a message too old to change. `failed`: it did not work now. */
export type Sent<T> = { ok: true; value: T; same?: true } | { ok: false; reason: 'gone' | 'refused' | 'failed' }

export type Keyboard = { text: string; callback_data: string }[][]

export interface Outbox {
  send(chat: number, text: string, keyboard: Keyboard): Promise<Sent<number>>
  edit(chat: number, message: number, text: string, keyboard: Keyboard): Promise<Sent<true>>
  /** Bot API: only what is younger than 48 hours. `failed` when some of it may go the next time. */
  remove(chat: number, messages: number[]): Promise<Sent<true>>
  /** Stops the button's clock; once, for a second try would come too late. */
  acknowledge(callback: string): Promise<void>
  leave(chat: number): Promise<void>
}

/** Seconds; Telegram asks for more only in a flood, and then waiting here helps nobody. */
const LONGEST_WAIT = 40
const BACKOFF_MS = [400, 1000, 2500, 6000]
/** What could not be removed is tried again with whatever comes next; nobody waits for it. */
const REMOVAL_TRIES = 2
const TIMEOUT_SECONDS = 10
/** Bot API: deleteMessages takes 1–100 ids. */
const REMOVED_AT_ONCE = 100

const QUIET = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const

export function outbox(token: string, apiRoot: string | undefined, wait: (ms: number) => Promise<unknown>): Outbox {
  const api = new Api(token, {
    ...(apiRoot !== undefined && { apiRoot }),
    timeoutSeconds: TIMEOUT_SECONDS,
    fetch: (...call: Parameters<typeof fetch>) => globalThis.fetch(...call),
  } as ConstructorParameters<typeof Api>[1])
  const call = <T>(make: () => Promise<T>, tries = BACKOFF_MS.length) => repeated(make, wait, tries)
  return {
    async send(chat, text, inline_keyboard) {
      const sent = await call(() =>
        api.sendMessage(chat, text, { ...QUIET, protect_content: true, disable_notification: true, reply_markup: { inline_keyboard } }),
      )
      return sent.ok ? { ok: true, value: sent.value.message_id } : sent
    },
    async edit(chat, message, text, inline_keyboard) {
      const edited = await call(() => api.editMessageText(chat, message, text, { ...QUIET, reply_markup: { inline_keyboard } }))
      return edited.ok ? { ...edited, value: true } : edited
    },
    async remove(chat, messages) {
      const removed: Sent<true>[] = []
      for (let at = 0; at < messages.length; at += REMOVED_AT_ONCE) {
        const some = messages.slice(at, at + REMOVED_AT_ONCE)
        const together = await call(() => api.deleteMessages(chat, some), REMOVAL_TRIES)
        // One that is too old would keep all the others.
        if (together.ok || together.reason !== 'refused' || some.length === 1) removed.push(together)
        else for (const message of some) removed.push(await call(() => api.deleteMessage(chat, message), REMOVAL_TRIES))
      }
      return removed.find((one) => !one.ok && one.reason !== 'refused') ?? removed.find((one) => !one.ok) ?? { ok: true, value: true }
    },
    async acknowledge(callback) {
      await api.answerCallbackQuery(callback).catch(() => {})
    },
    async leave(chat) {
      await call(() => api.leaveChat(chat))
    },
  }
}

async function repeated<T>(make: () => Promise<T>, wait: (ms: number) => Promise<unknown>, tries: number): Promise<Sent<T>> {
  for (let tried = 0; ; tried += 1) {
    try {
      return { ok: true, value: await make() }
    } catch (error) {
      const verdict = judge(error)
      // What a try before may have done, though its answer was lost, did not stand there before it.
      if (verdict.kind === 'unchanged') return { ok: true, value: undefined as T, ...(tried === 0 && { same: true }) }
      if (verdict.kind !== 'later') return { ok: false, reason: verdict.kind }
      const pause = tried >= tries ? undefined : verdict.seconds === null ? BACKOFF_MS[tried] : verdict.seconds * 1000
      if (pause === undefined || pause > LONGEST_WAIT * 1000) return { ok: false, reason: 'failed' }
      await wait(pause)
    }
  }
}

type Verdict = { kind: 'unchanged' | 'gone' | 'refused' } | { kind: 'later'; seconds: number | null }

function judge(error: unknown): Verdict {
  if (error instanceof HttpError) return { kind: 'later', seconds: null }
  if (!(error instanceof GrammyError)) return { kind: 'refused' }
  if (error.error_code === 429) return { kind: 'later', seconds: error.parameters.retry_after ?? null }
  if (error.error_code >= 500) return { kind: 'later', seconds: null }
  if (error.error_code === 403) return { kind: 'gone' }
  // Pressed twice, or Telegram repeats: she sees what she should.
  return error.description.includes('message is not modified') ? { kind: 'unchanged' } : { kind: 'refused' }
}
