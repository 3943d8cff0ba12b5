/** What `npm run deploy` does for the bot's daily keys, with a wrangler that answers as the real one does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'smol-toml'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accountId, dayKeys, missingSecrets } from '../../scripts/deploy/keys.ts'
import type { Wrangler } from '../../scripts/deploy/wrangler.ts'

const CONFIG = readFileSync(resolve(import.meta.dirname, '../../wrangler.toml'), 'utf8')
const ACCOUNT = '0123456789abcdef0123456789abcdef'
const STORE = 'fedcba9876543210fedcba9876543210'

let root: string
let asked: string[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deploy-keys-'))
  writeFileSync(join(root, 'wrangler.toml'), CONFIG)
  asked = []
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Answers by the first words asked; whatever it is not told of is refused. */
const wrangler =
  (answers: Record<string, string>): Wrangler =>
  (...words) => {
    asked.push(words.join(' '))
    const found = Object.entries(answers).find(([start]) => words.join(' ').startsWith(start))
    return found ? { code: 0, out: found[1], error: '' } : { code: 1, out: '', error: 'refused' }
  }

const whoami = JSON.stringify({ loggedIn: true, accounts: [{ id: ACCOUNT, name: 'ours' }] })
const written = () => parse(readFileSync(join(root, 'wrangler.toml'), 'utf8')) as Record<string, unknown>

describe('the place of the daily keys', () => {
  test('an account without a store gets one, with an empty secret, bound once', () => {
    const all = wrangler({ whoami, 'secrets-store store create': `✅ ID: ${STORE}`, 'secrets-store secret create': 'done' })
    expect(dayKeys(root, false, all)).toMatch(/^✓.*Keep that change/)
    expect(written().secrets_store_secrets).toEqual([{ binding: 'DAY_KEYS', store_id: STORE, secret_name: 'stezhka-day-keys' }])
    expect(written().vars).toEqual({ KEEPER_STORE: `${ACCOUNT}/${STORE}` })
    expect(dayKeys(root, false, all)).toMatch(/^✓ The bot’s daily keys have their place/)
  })

  test('a store and a secret that are there are used', () => {
    dayKeys(
      root,
      false,
      wrangler({ whoami, 'secrets-store store list': `│ default │ ${STORE} │`, 'secrets-store secret list': '│ stezhka-day-keys │' }),
    )
    expect(asked.some((words) => words.includes('create'))).toBe(false)
    expect(written().secrets_store_secrets).toHaveLength(1)
  })

  test('where it cannot be had the pages still go online, and the line says what is missing', () => {
    expect(dayKeys(root, false, wrangler({ whoami }))).toMatch(/^!.*Secrets Store Admin.*pages go online/)
    expect(readFileSync(join(root, 'wrangler.toml'), 'utf8')).toBe(CONFIG)
  })

  test('a dry run asks nobody', () => {
    expect(dayKeys(root, true, wrangler({}))).toMatch(/^– Would/)
    expect(asked).toEqual([])
  })

  test('somebody with two accounts chooses herself', () => {
    expect(accountId(JSON.stringify({ accounts: [{ id: ACCOUNT }, { id: STORE }] }))).toBeNull()
  })

  test('each secret that the Worker lacks is named with its command', () => {
    const lines = missingSecrets(wrangler({ 'secret list': '[{ "name": "BOT_TOKEN", "type": "secret_text" }]' }))
    expect(lines).toEqual([expect.stringContaining('secret put BOT_SECRET'), expect.stringContaining('secret put KEEPER_TOKEN')])
    const all = JSON.stringify(['BOT_TOKEN', 'BOT_SECRET', 'KEEPER_TOKEN'].map((name) => ({ name })))
    expect(missingSecrets(wrangler({ 'secret list': all }))).toEqual([expect.stringContaining('npm run bot -- publish')])
  })
})
