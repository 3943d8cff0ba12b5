/**
 * `npm run roster -- new-root | add | invite | collect | sign | countersign | revoke | publish`: who may be a counsellor. Run by the
 * people who hold the roots; only `collect` and `publish` need a network. Without a command it says how to go about it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { toBase64url } from '../crypto/bytes.ts'
import { readOrganisation } from './content/organisation.ts'
import { ContentError } from './content/read.ts'
import { enrolledAt, invite, publishTo } from './roster/desk.ts'
import {
  countersign,
  emptyDraft,
  readDraft,
  type SignedText,
  signDraft,
  withMember,
  withPasskeys,
  withRevoked,
  writeJson,
} from './roster/draft.ts'
import { makeRoot, RosterError, readRoot } from './roster/root.ts'

const HELP = `Who may be a counsellor: a roster, signed by two roots that are kept apart and offline.

  new-root --root FILE                      makes a root; its public half goes into organisation.toml
  add --sid c-1 --langs uk,ru [--as woman] [--role supervisor]   a person, by a name that only the roster knows
  invite --sid c-1 --root FILE              a link with which that person makes a passkey, once, within 47 hours; pasted at the desk
                                            it stays in no history, opened it does
  collect --root FILE                       the passkeys made since, into the draft
  revoke --sid c-1                          in force with the next roster (or --shift NAME: one shift)
  sign --root FILE [--days 30]              numbers, dates and signs it into roster.signed.json
  countersign --root FILE                   the second root's signature
  publish                                   brings roster.signed.json to the desk

The draft is roster.json (--file). Sign anew at least every 30 days: an old roster lets nobody in, and visitors see numbers to call.`

const OPTIONS = {
  root: { type: 'string' },
  file: { type: 'string', default: 'roster.json' },
  signed: { type: 'string', default: 'roster.signed.json' },
  sid: { type: 'string' },
  langs: { type: 'string' },
  as: { type: 'string' },
  role: { type: 'string', default: 'counsellor' },
  shift: { type: 'string' },
  days: { type: 'string', default: '30' },
} as const

const now = (): number => Math.floor(Date.now() / 1000)

function need(value: string | undefined, name: string): string {
  if (!value) throw new RosterError(`Say --${name}. Without a command this explains itself:  npm run roster`)
  return value
}

function talk(root: string): { id: string; desk: string } {
  const { talk: found } = readOrganisation(root)
  if (!found) throw new RosterError('organisation.toml has no [talk] yet: id, desk, roots = [] and floor = 1. docs/talk.md explains them.')
  return found
}

async function run(root: string): Promise<string> {
  const { positionals, values } = parseArgs({ options: OPTIONS, allowPositionals: true })
  const { file, signed } = values
  const readSigned = (): SignedText => {
    if (!existsSync(signed)) throw new RosterError(`There is no ${signed} yet. Sign the draft:  npm run roster -- sign --root …`)
    return JSON.parse(readFileSync(signed, 'utf8')) as SignedText
  }
  switch (positionals[0]) {
    case 'new-root': {
      const path = need(values.root, 'root')
      const { publicBytes } = await makeRoot(path)
      return `✓ ${path} is a root now. Keep it offline; nobody can make it again.\n  For organisation.toml, under [talk] roots:\n  "${toBase64url(publicBytes)}"`
    }
    case 'add': {
      const { id, desk } = talk(root)
      const { role, as } = values
      if (role !== 'counsellor' && role !== 'supervisor') throw new RosterError('--role is counsellor or supervisor.')
      if (as !== undefined && as !== 'woman' && as !== 'man') throw new RosterError('--as is woman or man, or left out.')
      const member = {
        sid: need(values.sid, 'sid'),
        role,
        langs: need(values.langs, 'langs').split(','),
        as: as ?? null,
        passkeys: [],
      } as const
      writeJson(file, withMember(existsSync(file) ? readDraft(file) : emptyDraft(id, desk), { ...member, passkeys: [] }))
      return `✓ ${member.sid} stands in ${file}. Next: invite, collect, sign.`
    }
    case 'invite': {
      const { id, desk } = talk(root)
      return invite(desk, id, need(values.sid, 'sid'), await readRoot(need(values.root, 'root')), now())
    }
    case 'collect': {
      const { id, desk } = talk(root)
      const { draft, added } = withPasskeys(
        readDraft(file),
        await enrolledAt(fetch, desk, id, await readRoot(need(values.root, 'root')), now()),
      )
      writeJson(file, draft)
      return `✓ ${added} new ${added === 1 ? 'passkey' : 'passkeys'} in ${file}. Look at it, then sign.`
    }
    case 'revoke':
      writeJson(file, withRevoked(readDraft(file), values.shift ?? need(values.sid, 'sid')))
      return `✓ Revoked in ${file}. It counts once the next roster is signed and published.`
    case 'sign': {
      const days = Number(values.days)
      if (!Number.isInteger(days) || days < 1 || days > 30) throw new RosterError('--days is a number from 1 to 30.')
      const made = await signDraft(readDraft(file), await readRoot(need(values.root, 'root')), now(), days)
      writeJson(file, made.draft)
      writeJson(signed, made.signed)
      return `✓ Roster ${made.draft.seq}, for ${days} days, in ${signed}. The second root:  npm run roster -- countersign --root …`
    }
    case 'countersign':
      writeJson(signed, await countersign(readSigned(), await readRoot(need(values.root, 'root'))))
      return `✓ Signed. Then:  npm run roster -- publish`
    case 'publish':
      await publishTo(fetch, talk(root).desk, readSigned())
      return '✓ The desk has it; visitors believe it from now on.'
    default:
      return HELP
  }
}

try {
  console.log(await run(process.cwd()))
} catch (error) {
  const isTheirs =
    error instanceof RosterError || error instanceof ContentError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  if (!isTheirs) throw error
  console.error((error as Error).message)
  process.exitCode = 1
}
