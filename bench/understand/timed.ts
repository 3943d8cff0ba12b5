/** Runs many texts through `understand` where it will run; the time is taken outside, because workerd's clock stands still within a request. */
import { openEdgeModel } from '../../guide/understand/edge.ts'
import { type Model, openModel, understand } from '../../guide/understand/understand.ts'
import type { Country, Language } from '../../schema/terms.ts'

type Asked = { packed: string; device: 'phone' | 'edge'; texts: string[]; rounds: number; language: Language; country: Country }

let model: Model | null = null

/** @returns how many were understood, so that no round can be left out */
export function run({ packed, device, texts, rounds, language, country }: Asked): number {
  model ??= (device === 'edge' ? openEdgeModel : openModel)(packed)
  let understood = 0
  for (let round = 0; round < rounds; round++)
    for (const text of texts) understood += understand(model, text, { language, country }).topics.length > 0 ? 1 : 0
  return understood
}

export default {
  fetch: async (request: Request): Promise<Response> => new Response(String(run((await request.json()) as Asked))),
}
