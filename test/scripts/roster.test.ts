/** `npm run roster`: from a new root to a roster that both a page and the desk believe. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { openInvitation } from '../../crypto/talk/root.ts'
import { openRoster } from '../../crypto/talk/roster.ts'
import { softwarePasskey } from '../../crypto/talk/software-passkey.ts'
import { trustFrom } from '../../crypto/talk/trust.ts'
import { emptyDraft, withMember, withPasskeys, withRevoked } from '../../scripts/roster/draft.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const NOW = () => Math.floor(Date.now() / 1000)
const bytesOf = (text = '') => fromBase64url(text) ?? new Uint8Array(0)

let folder: string

/** In a folder with nothing but `organisation.toml`. @returns what it said, and whether it was content */
function roster(...args: string[]): { said: string; ok: boolean } {
  try {
    const options = { cwd: folder, encoding: 'utf8' as const, stdio: 'pipe' as const }
    return { said: execFileSync(process.execPath, [join(ROOT, 'scripts/roster.ts'), ...args], options), ok: true }
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return { said: stdout + stderr, ok: false }
  }
}

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roster-'))
  cpSync(join(ROOT, 'organisation.toml'), join(folder, 'organisation.toml'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the roster’s commands', () => {
  test('explain themselves, and say in a sentence what is missing', () => {
    expect(roster().said).toContain('new-root --root FILE')
    expect(roster('add', '--sid', 'c-1', '--langs', 'uk')).toMatchObject({ ok: false, said: expect.stringContaining('has no [talk] yet') })
    for (const args of [
      ['sign'],
      ['sign', '--root', 'nothing.json'],
      ['publish'],
      ['new-root'],
      ['sign', '--days', '31', '--root', 'x'],
      ['--nothing'],
    ]) {
      const { said, ok } = roster(...args)
      expect([ok, said.includes('    at ')], args.join(' ')).toEqual([false, false])
    }
  })

  test('make two roots, a roster with a person, and two signatures that hold', async () => {
    for (const name of ['a.json', 'b.json']) {
      expect(roster('new-root', '--root', name).ok).toBe(true)
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
    expect(roster('new-root', '--root', 'a.json')).toMatchObject({ ok: false, said: expect.stringContaining('never written over') })
    const roots = ['a.json', 'b.json'].map((name) => read(name).public as string)
    const toml = join(folder, 'organisation.toml')
    writeFileSync(
      toml,
      `${readFileSync(toml, 'utf8')}\n[talk]\nid = "test-org"\ndesk = "https://desk.example.org"\nroots = ${JSON.stringify(roots)}\nfloor = 1\n`,
    )
    expect(roster('add', '--sid', 'c-1', '--langs', 'uk,ru', '--as', 'woman').ok).toBe(true)
    const link = roster('invite', '--sid', 'c-1', '--root', 'a.json').said.trim()
    expect(link).toMatch(/^https:\/\/desk\.example\.org\/#[\w-]+\.[\w-]+$/)
    const trust = trustFrom({ org: 'test-org', roots, needed: 2, floor: 1 })
    const [invitation, signature] = link.split('#')[1]?.split('.') ?? []
    expect(await openInvitation(bytesOf(invitation), bytesOf(signature), trust, NOW())).toMatchObject({ ok: true, value: { sid: 'c-1' } })
    expect(roster('sign', '--root', 'a.json', '--days', '14').ok).toBe(true)
    const opened = async () => {
      const { bytes, signatures } = read('roster.signed.json') as { bytes: string; signatures: string[] }
      return openRoster({ bytes: bytesOf(bytes), signatures: signatures.map(bytesOf) }, trust, NOW())
    }
    expect(await opened()).toMatchObject({ ok: false, error: { reason: 'forged' } })
    expect(roster('countersign', '--root', 'b.json').ok).toBe(true)
    expect(await opened()).toMatchObject({
      ok: true,
      value: { seq: 1, deskOrigin: 'https://desk.example.org', rpId: 'desk.example.org', staff: [{ sid: 'c-1', as: 'woman' }] },
    })
    expect(roster('revoke', '--sid', 'c-1').ok).toBe(true)
    expect(roster('sign', '--root', 'a.json').ok).toBe(true)
    expect(roster('countersign', '--root', 'b.json').ok).toBe(true)
    expect(await opened()).toMatchObject({ ok: true, value: { seq: 2, revoked: ['c-1'] } })
    for (const name of ['roster.json', 'roster.signed.json'])
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(read('a.json').private)
  }, 60_000)

  test('collect passkeys only for people the draft knows, each once', async () => {
    const spki = toBase64url((await softwarePasskey()).spki)
    const draft = withMember(emptyDraft('o', 'https://desk.example.org'), {
      sid: 'c-1',
      role: 'counsellor',
      langs: ['uk'],
      as: null,
      passkeys: [],
    })
    const enrolled = [
      { sid: 'c-1', passkey: spki },
      { sid: 'c-2', passkey: spki },
    ]
    const once = withPasskeys(draft, enrolled)
    expect(once).toMatchObject({ added: 1, draft: { staff: [{ sid: 'c-1', passkeys: [spki] }] } })
    expect(withPasskeys(once.draft, enrolled).added).toBe(0)
    const changed = withMember(once.draft, { sid: 'c-1', role: 'supervisor', langs: ['en'], as: null, passkeys: [] })
    expect(changed.staff).toEqual([{ sid: 'c-1', role: 'supervisor', langs: ['en'], as: null, passkeys: [spki] }])
    expect(withRevoked(withRevoked(draft, 'x'), 'x').revoked).toEqual(['x'])
  })
})
