/** An ordinary "no" is a value. Bugs and outages throw; everything a person may cause returns one of these. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const fail = <E>(error: E): { ok: false; error: E } => ({ ok: false, error })
