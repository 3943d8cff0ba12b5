/** How the line of one talk reaches the server: a socket, or the same frames in an exchange. What names the talk never stands in an address. */
import { type Bytes, bytesOf, join, toBase64url } from '../../../../crypto/bytes.ts'
import type { Exchanged } from '../../../../schema/api.ts'
import type { Reach } from './line.ts'
import { ask, PATH } from './server.ts'

/** What shows the server that a talk is hers; `device`: random bytes of this page. */
export type Named = { tag: Bytes; pass: Bytes; device: Bytes }

/** As asks carry it. */
export const hers = ({ tag, pass }: Pick<Named, 'tag' | 'pass'>) => ({ tag: toBase64url(tag), pass: toBase64url(pass) })

export function reachOf({ tag, pass, device }: Named): Reach {
  const url = new URL(PATH, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const named = { ...hers({ tag, pass }), device: toBase64url(device) }
  return {
    socket: () => new WebSocket(url, ['s1', toBase64url(join(tag, pass, device))]),
    exchange: async (frames) => {
      const answer = await ask<Exchanged>({ ask: 'exchange', ...named, frames: frames.map(toBase64url) })
      if (answer.ok) return answer.frames.map(bytesOf)
      return answer.reason === 'gone' ? 'gone' : null
    },
  }
}
