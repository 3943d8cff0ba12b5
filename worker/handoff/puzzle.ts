/**
 * Proof of work, asked for only while more wait than counsellors can take: it costs a page about a second, and somebody who floods one for
 * each ask. A solution is good once, for fifteen minutes.
 */
import { createChallenge, type Payload, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { type Bytes, fromBase64url, fromUtf8, toBase64url } from '../../crypto/bytes.ts'
import type { Challenge } from '../../schema/api.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { isFirstUse } from '../store/used.ts'
import type { Rows } from './rows.ts'

const LIVES_SECONDS = 15 * 60
/** Rounds of PBKDF2 for each of 100 to 200 numbers that have to be tried. */
const COST = 5000
const LEAST = 100

/** From so many on that wait, an ask needs a solution. */
export const PUZZLE_FROM = 20

export async function puzzle(rows: Rows, now: EpochSeconds): Promise<Challenge | null> {
  const [secret] = await secrets(rows, now)
  if (!secret) return null
  const counter = LEAST + ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) % 100)
  const expiresAt = now + LIVES_SECONDS
  const signed = { hmacSignatureSecret: secret, hmacKeySignatureSecret: `${secret} key` }
  const { parameters, signature } = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: COST,
    counter,
    deriveKey,
    expiresAt,
    ...signed,
  })
  return { parameters: { ...parameters }, ...(signature !== undefined && { signature }) }
}

/** @param proof  base64url of the JSON `{ challenge, solution }` */
export async function isSolved(db: D1Database, rows: Rows, proof: string, now: EpochSeconds): Promise<boolean> {
  const payload = payloadOf(proof)
  if (payload === null) return false
  const { challenge, solution } = payload
  for (const secret of await secrets(rows, now)) {
    try {
      const signed = { hmacSignatureSecret: secret, hmacKeySignatureSecret: `${secret} key` }
      const { verified } = await verifySolution({ challenge, solution, deriveKey, ...signed })
      if (verified) return await isNew(db, rows, String(challenge.signature), now)
    } catch {
      // Not a puzzle of ours, whatever it is.
    }
  }
  return false
}

async function isNew(db: D1Database, rows: Rows, signature: string, now: EpochSeconds): Promise<boolean> {
  const name = (await rows.names('puzzle-used', signature, now))?.[0]
  return name !== undefined && isFirstUse(db, name.tag, LIVES_SECONDS, now)
}

/** Of today and of yesterday: nothing is kept of a puzzle until it is solved. */
async function secrets(rows: Rows, now: EpochSeconds): Promise<string[]> {
  const names = await rows.names('puzzle', 'secret', now)
  return (names ?? []).map(({ tag }) => toBase64url(tag))
}

function payloadOf(proof: string): Payload | null {
  const bytes: Bytes | null = fromBase64url(proof)
  try {
    const value = JSON.parse((bytes && fromUtf8(bytes)) ?? '') as Payload
    return typeof value?.challenge?.parameters === 'object' && typeof value.solution === 'object' ? value : null
  } catch {
    return null
  }
}
