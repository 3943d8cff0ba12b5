/**
 * Why something of a sealed talk was not opened. An ordinary "no", since whatever comes from outside may be broken, old or forged; bugs
 * throw. The shape is that of `schema/result.ts`, which nothing here may import.
 */
export type Refusal = {
  reason:
    | 'shape' // not as long as it should be, or no such fields
    | 'version' // made by a newer page or server
    | 'suite' // sealed with algorithms this one has not
    | 'not-for-me' // none of the boxes opens with this key
    | 'forged' // a signature or a seal that does not hold
    | 'replayed' // opened before, or older than what was opened
    | 'gap' // further ahead than anybody may be
    | 'other-talk' // of another talk, epoch or direction
    | 'unknown-person' // not in the roster, or revoked
    | 'not-now' // before its first or after its last second, or meant to live too long
}

export type Opened<T> = { ok: true; value: T } | { ok: false; error: Refusal }

export const opened = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const refuse = (reason: Refusal['reason']): { ok: false; error: Refusal } => ({ ok: false, error: { reason } })
