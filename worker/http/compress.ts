/** Compression of what the Worker makes itself; the visitor's files are compressed by the build. */
import { type Coding, pack, pad } from './padding.ts'

/** What the phone takes. Cloudflare puts its own wish in the header and the phone's beside it, and would pack again, without the padding, for who takes less. */
const accepted = (request: Request): string => {
  const told = (request as Request<unknown, IncomingRequestCfProperties>).cf?.clientAcceptEncoding
  return typeof told === 'string' ? told : (request.headers.get('Accept-Encoding') ?? '')
}

/** `br;q=0` is a refusal. */
const takes = (request: Request, coding: Coding): boolean =>
  accepted(request)
    .split(',')
    .some((one) => {
      const [name = '', quality = ''] = one.trim().toLowerCase().split(';')
      return name.trim() === coding && !/^ *q=0(\.0*)?$/.test(quality.trimEnd())
    })

export const takesBrotli = (request: Request): boolean => takes(request, 'br')

/** @param padded as long as every other page, whatever it says; the first view is not, as it is the same for everybody of a language */
export function page(request: Request, html: string, { padded }: { padded: boolean }): Response {
  const coding = (['br', 'gzip'] as const).find((one) => takes(request, one)) ?? 'identity'
  return new Response(padded ? pad(html, coding) : pack(html, coding), {
    encodeBody: 'manual',
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      Vary: 'Accept-Encoding, Accept-Language',
      ...(coding !== 'identity' && { 'Content-Encoding': coding }),
    },
  })
}
