/** Runs many texts through `understand` where it will run; the time is taken outside, because workerd's clock stands still within a request. */
import { openEdgeModel } from '../../guide/understand/edge.ts'
import { inOrder, openNet } from '../../guide/understand/net.ts'
import { type Model, openModel, understand } from '../../guide/understand/understand.ts'
import type { Country, Language } from '../../schema/terms.ts'

/** `net`: what reads beside an edge's weights. */
type Asked = {
  packed: string
  net: string | null
  device: 'phone' | 'edge'
  texts: string[]
  rounds: number
  language: Language
  country: Country
}

let model: Model | null = null

/** @returns how many were understood, so that no round can be left out */
export function run({ packed, net, device, texts, rounds, language, country }: Asked): number {
  model ??= opened({ packed, net, device })
  let understood = 0
  for (let round = 0; round < rounds; round++)
    for (const text of texts) understood += understand(model, text, { language, country }).topics.length > 0 ? 1 : 0
  return understood
}

function opened({ packed, net, device }: Pick<Asked, 'packed' | 'net' | 'device'>): Model {
  const model = (device === 'edge' ? openEdgeModel : openModel)(packed)
  return net === null ? model : { ...model, net: inOrder(openNet(net)) }
}

export default {
  fetch: async (request: Request): Promise<Response> => new Response(String(run((await request.json()) as Asked))),
}
