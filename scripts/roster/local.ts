/** The organisation of `npm start`: one root of this machine, a roster that it keeps, and a link with which whoever tries it becomes a counsellor. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { toBase64url } from '../../crypto/bytes.ts'
import type { TrustText } from '../../schema/api.ts'
import type { Local } from '../serve/local.ts'
import { enrolledAt, invite, publishTo, type Reach } from './desk.ts'
import { emptyDraft, readDraft, signDraft, withMember, withPasskeys, writeJson } from './draft.ts'
import { makeRoot, readRoot } from './root.ts'

const ORG = 'local'
const DAYS = 30
const LOOK_MS = 1500
const ROSTER_AGAIN_MS = 24 * 60 * 60 * 1000

export type LocalDesk = {
  origin: string
  /** For the Worker. */
  vars: { DESK_ORIGIN: string; TALK_TRUST: string }
  /** Publishes the roster, and takes in whoever enrols. @returns a link that works once */
  connect(server: Pick<Local, 'fetch'>): Promise<string>
  stop(): void
}

const now = (): number => Math.floor(Date.now() / 1000)

/** @param data  folder for what stays on this machine; never under version control */
export async function localDesk(root: string, data: string, port: number): Promise<LocalDesk> {
  const folder = resolve(root, data, 'roster')
  const [rootFile, draftFile] = [`${folder}/root.json`, `${folder}/draft.json`]
  const keys = existsSync(rootFile) ? await readRoot(rootFile) : await makeRoot(rootFile)
  const origin = `http://desk.localhost:${port}`
  const trust: TrustText = { org: ORG, roots: [toBase64url(keys.publicBytes)], needed: 1, floor: 1 }
  let draft = { ...(existsSync(draftFile) ? readDraft(draftFile) : emptyDraft(ORG, origin)), org: ORG, deskOrigin: origin }
  let timer: NodeJS.Timeout | undefined

  const publish = async (reach: Reach): Promise<void> => {
    const made = await signDraft(draft, keys, now(), DAYS)
    draft = made.draft
    writeJson(draftFile, draft)
    await publishTo(reach, origin, made.signed)
  }
  let publishedAt = Date.now()
  const look = async (reach: Reach): Promise<void> => {
    const changed = withPasskeys(draft, await enrolledAt(reach, origin, ORG, keys, now()))
    if (changed.added === 0 && Date.now() - publishedAt < ROSTER_AGAIN_MS) return
    draft = changed.draft
    await publish(reach)
    publishedAt = Date.now()
  }

  return {
    origin,
    vars: { DESK_ORIGIN: origin, TALK_TRUST: JSON.stringify(trust) },
    async connect(server) {
      const reach: Reach = (url, init) => server.fetch(url, init)
      const sid = `c-${draft.staff.length + 1}`
      // Speaks every language: whoever tries it is found whatever the visitor's page speaks.
      const langs = ['uk', 'ru', 'en', 'kk', 'ky', 'uz', 'tg', 'tk', 'uz-cyrl']
      draft = withMember(draft, { sid, role: 'counsellor', langs, as: 'woman', passkeys: [] })
      await publish(reach)
      timer = setInterval(() => void look(reach).catch(() => {}), LOOK_MS)
      timer.unref()
      return invite(origin, ORG, sid, keys, now())
    },
    stop: () => clearInterval(timer),
  }
}
