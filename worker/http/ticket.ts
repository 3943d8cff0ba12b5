/** Who asks for a line stands in the subprotocol: an address may be kept by somebody on the way, this is not. */
import { fromBase64url } from '../../crypto/bytes.ts'
import { LINE_PROTOCOL } from '../../schema/paths.ts'

/** The ticket of a request for a line; null for everything else. */
export function ticketOf(request: Request, length: number): Uint8Array<ArrayBuffer> | null {
  if (request.headers.get('Upgrade')?.toLowerCase() !== 'websocket') return null
  const [protocol, ticket = '', ...more] = (request.headers.get('Sec-WebSocket-Protocol') ?? '').split(',').map((part) => part.trim())
  const bytes = protocol === LINE_PROTOCOL && more.length === 0 ? fromBase64url(ticket) : null
  return bytes?.length === length ? bytes : null
}

/** To whoever may not have one, whatever the reason. */
export const noLine = (): Response => new Response(null, { status: 404 })
