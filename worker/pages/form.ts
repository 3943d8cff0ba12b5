/** What a form of a plain page sent, as far as it can be understood. Anything may arrive here; nothing of it throws. */

/** More than the longest honest form many times over. */
const MAX_BYTES = 64 * 1024

export type Sent = {
  position: string
  choice: string | null
  area: string | null
  typed: string | null
  /** In her own words. */
  words: string | null
  /** Code of a step to go to: what her words may have meant. */
  go: string | null
  /** Codes of the menu and of steps that her words may have meant, one behind the other: she is safe, and goes on. */
  heard: string | null
  noAnswer: number | null
  /** Sent by the web app beside its screen: it wants no page back. */
  signal: boolean
}

const NOTHING: Sent = {
  position: '',
  choice: null,
  area: null,
  typed: null,
  words: null,
  go: null,
  heard: null,
  noAnswer: null,
  signal: false,
}

export async function readForm(request: Request): Promise<Sent> {
  const text = await bodyText(request)
  if (text === null) return NOTHING
  const fields = new URLSearchParams(text)
  const filled = (name: string) => fields.get(name)?.trim() || null
  const noAnswer = Number(fields.get('n') ?? '')
  return {
    position: fields.get('p') ?? '',
    choice: filled('c'),
    area: filled('a') ?? filled('o'),
    typed: filled('q')?.slice(0, 80) ?? null,
    words: filled('y')?.slice(0, 500) ?? null,
    go: filled('g'),
    heard: filled('h')?.slice(0, 40) ?? null,
    noAnswer: Number.isInteger(noAnswer) && noAnswer > 0 ? noAnswer : null,
    signal: fields.get('w') === '1',
  }
}

/** @returns null for a body that is too long, cut off, or no form */
async function bodyText(request: Request): Promise<string | null> {
  if (!(request.headers.get('Content-Type') ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')) return null
  if (Number(request.headers.get('Content-Length') ?? 0) > MAX_BYTES || request.body === null) return null
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > MAX_BYTES) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  const joined = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.byteLength
  }
  return new TextDecoder().decode(joined)
}
