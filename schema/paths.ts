/** Where a sealed talk is asked for and carried: the few addresses, and how the line says who opens it. */

/** Both the asks of a visitor and, as a WebSocket, her line. */
export const VISITOR_PATH = '/t'
/** The asks of a desk. */
export const DESK_PATH = '/api'
/** A desk's line of one talk. */
export const DESK_LINE_PATH = '/line'

/**
 * A WebSocket cannot carry headers of ours and nothing about a talk may stand in an address, so who asks is said as a subprotocol:
 * `new WebSocket(url, [LINE_PROTOCOL, ticket])`. Visitor's ticket: base64url of `tag (16) ‖ pass (32) ‖ device (8)`.
 * Desk's: base64url of `tag (16) ‖ shift (16) ‖ time (4) ‖ nonce (16) ‖ signature (64)`, signed as a call `GET /line` with the tag
 * (base64url) as body.
 */
export const LINE_PROTOCOL = 's1'
