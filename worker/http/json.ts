/** A body as JSON of a known shape, or null for everything else: too long, cut off, no text, another shape. Nothing of it throws. */
import * as v from 'valibot'

/** @param most  bytes */
export async function readText(request: Request, most: number): Promise<string | null> {
  if (Number(request.headers.get('Content-Length') ?? 0) > most || request.body === null) return null
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > most) return null
      chunks.push(chunk)
    }
    const joined = new Uint8Array(size)
    let at = 0
    for (const chunk of chunks) {
      joined.set(chunk, at)
      at += chunk.byteLength
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(joined)
  } catch {
    return null
  }
}

export function parse<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

export const answer = (value: object): Response =>
  new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json; charset=utf-8' } })
