/** The key keeper of a deployed bot, in the real runtime with its own Secrets Store, written through a stand-in of the platform's interface. */

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { dayOf } from '../../crypto/keyring.ts'
import { WEBHOOK_PATH } from '../../scripts/bot/settings.ts'
import { localOptions, migrate } from '../../scripts/serve/local.ts'
import { StandIn } from '../telegram/stand-in.ts'
import { botPlayer } from '../transcripts/bot-player.ts'
import { freshSecret, ROOT } from './house.ts'

const ACCOUNT = 'a'.repeat(32)
const STORE = 'b'.repeat(32)
const NAME = 'stezhka-day-keys'
const TOKEN = `keeper-${freshSecret()}`

type Asked = { method: string; path: string; token: string; body: string }
type Admin = { update(value: string, id: string): Promise<unknown>; create(value: string): Promise<string> }

let platform: Server
let asked: Asked[] = []
let down = false
let admin: Admin
let stored = '{}'
let secretId = ''
let telegram: StandIn
let worker: Miniflare | undefined
let secret: string
let data: string

/** The four lines of the interface that the keeper uses; a PATCH really changes what the Worker's binding reads. */
function servePlatform(): Promise<Server> {
  const server = createServer(async (request, answer) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    asked.push({ method: request.method ?? '', path: request.url ?? '', token: request.headers.authorization ?? '', body })
    const say = (status: number, said: object) => answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(said))
    if (down) return say(503, { success: false, errors: [{ code: 1000, message: 'away' }] })
    if (request.method === 'GET')
      return say(200, {
        success: true,
        result: [
          { id: 'other', name: 'somebody-elses' },
          { id: secretId, name: NAME },
        ],
      })
    stored = (JSON.parse(body) as { value: string }).value
    await admin.update(stored, secretId)
    return say(200, { success: true, result: { id: secretId, name: NAME } })
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

/** A Worker with an empty store of keys; a second call is what a new version brings. */
async function open(): Promise<void> {
  const vars = {
    BOT_TOKEN: telegram.token,
    BOT_SECRET: secret,
    TG_API_ROOT: telegram.root,
    KEEPER_TOKEN: TOKEN,
    KEEPER_STORE: `${ACCOUNT}/${STORE}`,
    CLOUDFLARE_API_ROOT: `http://127.0.0.1:${(platform.address() as AddressInfo).port}`,
  }
  const binding = { secretsStoreSecrets: { DAY_KEYS: { store_id: STORE, secret_name: NAME } } }
  await worker?.dispose()
  worker = new Miniflare(localOptions({ root: ROOT, port: 0, data: mkdtempSync(join(data, 'd1-')), vars }, binding))
  const url = await worker.ready
  await migrate(ROOT, (await worker.getD1Database('DB')) as never)
  admin = (await worker.getSecretsStoreSecretAPI('DAY_KEYS'))() as unknown as Admin
  secretId = await admin.create('{}')
  stored = '{}'
  asked = []
  telegram.hook({ url: new URL(WEBHOOK_PATH, url).href, secret })
}

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'keeper-'))
  platform = await servePlatform()
  telegram = await StandIn.start({ start: Date.now() })
  secret = freshSecret()
  await open()
}, 60_000)

afterAll(async () => {
  await worker?.dispose()
  await telegram.close()
  platform.close()
  rmSync(data, { recursive: true, force: true })
})

const running = (): Miniflare => worker as Miniflare
const cron = async () =>
  ((await running().getWorker()) as unknown as { scheduled(of: { cron: string }): Promise<unknown> }).scheduled({ cron: '' })
const days = () => Object.keys(JSON.parse(stored) as object).map(Number)
const rows = async () => (await (await running().getD1Database('DB')).prepare('SELECT COUNT(*) AS n FROM chat').first<{ n: number }>())?.n

async function talk(id: number): Promise<string> {
  const person = telegram.person({ id, language_code: 'uk' })
  const still = () => new Promise<void>((done) => setTimeout(done, 100))
  const player = botPlayer({ root: ROOT, telegram, person, still })
  await player.person.starts()
  await telegram.until(() => player.person.screen().some(({ mine }) => !mine), 10_000)
  return player.person
    .screen()
    .map(({ text }) => text)
    .join('\n')
}

describe('the key keeper', () => {
  test('without keys the bot answers all the same, and keeps no row', async () => {
    expect(await talk(700_000_001)).not.toBe('')
    expect(await rows()).toBe(0)
  })

  test('a platform that is away changes nothing, and is tried again', async () => {
    down = true
    await cron()
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), 10_000)
    expect(stored).toBe('{}')
    down = false
  })

  test('keys of today and tomorrow are written once, where only the Worker reads them', async () => {
    await open()
    await cron()
    await cron()
    await vi.waitFor(() => expect(days()).toHaveLength(2), 10_000)
    const today = dayOf(Date.now() / 1000)
    expect(days().every((day) => day === today || day === today + 1 || day === today - 1)).toBe(true)
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'PATCH'])
    expect(asked[1]?.path).toBe(`/accounts/${ACCOUNT}/secrets_store/stores/${STORE}/secrets/${secretId}`)
    expect(asked.every(({ token }) => token === `Bearer ${TOKEN}`)).toBe(true)
  })

  test('rows are then kept, sealed under them', async () => {
    expect(await talk(700_000_002)).not.toBe('')
    await vi.waitFor(async () => expect(await rows()).toBe(1), 10_000)
  })
})
