/**
 * The open line of a talk, between one end and the server: binary frames, `kind (1) ‖ payload`. Sealed things pass through as they are;
 * the server reads of them only what it must know to keep and deliver them. The same frames go through `exchange` where WebSockets are
 * blocked.
 *
 * Both ends send `PING` (text) every few seconds, answered by the platform with `PONG` without waking anything; and `who`, which is
 * answered with `state`. An end that hears nothing for 10 seconds shows "disconnected" and opens the line anew.
 */

export const PING = '.'
export const PONG = ','

/** Send `PING` and `who` this often while joined. */
export const PING_SECONDS = 5
/** Who has not been heard for so long is `away`: with a `who` every five seconds the other end knows within 15. */
export const AWAY_SECONDS = 9

/** Close codes of the line. 4001 is sent by an end that leaves for good: the visitor's exit. The others by the server. */
export const CODES = {
  /** An end leaves: the talk ends. From the server: it ended. */
  left: 4001,
  /** The same visitor came back on another device. */
  elsewhere: 4002,
  /** The talk is another shift's now. */
  handed: 4003,
  /** Frames that make no sense, or far too many. */
  unclear: 4004,
} as const

export const KINDS = {
  /** end → server → end: `crypto/talk/message.ts`. */
  message: 1,
  /** end → server → end: everything up to a number arrived at the other page. */
  ack: 2,
  /** server → visitor: `crypto/talk/accept.ts`. */
  accept: 3,
  /** both ways: `crypto/talk/close.ts`. */
  close: 5,
  /** server → end: `state (1) ‖ peer (1) ‖ rev (4) ‖ epoch (4)`. */
  state: 6,
  /** end → server, without payload. */
  who: 7,
  /** server → sender: `direction (1) ‖ epoch (4) ‖ number (4)`: this message lies in the mailbox ("sent"). Until then send it again. */
  kept: 8,
  /** server → sender: `why (1) ‖ direction (1) ‖ epoch (4) ‖ number (4)`: it was not taken. */
  refused: 9,
} as const
export type Kind = keyof typeof KINDS

export const STATES = ['gone', 'waiting', 'handed', 'joined'] as const
export type LineState = (typeof STATES)[number]

/** The other end's page. `none`: nobody is to be expected yet. */
export const PEERS = ['none', 'here', 'away'] as const
export type Peer = (typeof PEERS)[number]

/** `slow`: more than a message a second for long. `full`: so many wait for the other end that no more are kept. `old`: of an epoch that ended. `unavailable`: try again. */
export const WHYS = ['slow', 'full', 'old', 'unavailable'] as const
export type Why = (typeof WHYS)[number]

export type Frame = { kind: Kind; payload: Uint8Array<ArrayBuffer> }

const names = new Map(Object.entries(KINDS).map(([name, code]) => [code as number, name as Kind]))

export function writeFrame(kind: Kind, payload: Uint8Array = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(1 + payload.length)
  frame[0] = KINDS[kind]
  frame.set(payload, 1)
  return frame
}

/** @returns null for a kind nobody knows here; a newer page or server may send one, and it is passed over */
export function readFrame(bytes: Uint8Array): Frame | null {
  const kind = names.get(bytes[0] ?? 0)
  return kind === undefined ? null : { kind, payload: new Uint8Array(bytes.subarray(1)) }
}

export type StateFrame = { state: LineState; peer: Peer; rev: number; epoch: number }

export function writeState({ state, peer, rev, epoch }: StateFrame): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(10)
  const view = new DataView(payload.buffer)
  payload.set([STATES.indexOf(state), PEERS.indexOf(peer)])
  view.setUint32(2, rev)
  view.setUint32(6, epoch)
  return writeFrame('state', payload)
}

/** @param payload  of a frame of this kind */
export function readState(payload: Uint8Array): StateFrame | null {
  const [state, peer] = [STATES[payload[0] ?? -1], PEERS[payload[1] ?? -1]]
  if (payload.length !== 10 || state === undefined || peer === undefined) return null
  const view = new DataView(payload.buffer, payload.byteOffset)
  return { state, peer, rev: view.getUint32(2), epoch: view.getUint32(6) }
}

/** `direction`: 0 to the counsellor, 1 to the visitor. */
export type Place = { direction: number; epoch: number; n: number }

const placeBytes = ({ direction, epoch, n }: Place): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(9)
  const view = new DataView(bytes.buffer)
  bytes[0] = direction
  view.setUint32(1, epoch)
  view.setUint32(5, n)
  return bytes
}

const placeOf = (bytes: Uint8Array): Place => {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { direction: bytes[0] ?? 0, epoch: view.getUint32(1), n: view.getUint32(5) }
}

export const writeKept = (place: Place): Uint8Array<ArrayBuffer> => writeFrame('kept', placeBytes(place))

export const readKept = (payload: Uint8Array): Place | null => (payload.length === 9 ? placeOf(payload) : null)

export const writeRefused = (why: Why, place: Place): Uint8Array<ArrayBuffer> =>
  writeFrame('refused', new Uint8Array([WHYS.indexOf(why), ...placeBytes(place)]))

export function readRefused(payload: Uint8Array): (Place & { why: Why }) | null {
  const why = WHYS[payload[0] ?? -1]
  return payload.length === 10 && why !== undefined ? { why, ...placeOf(payload.subarray(1)) } : null
}
