/** `npm run bot` against the strict stand-in: what it shows, what it changes, and what it refuses. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSettings } from '../../scripts/bot/settings.ts'
import { bot } from '../../scripts/bot.ts'
import { StandIn } from '../telegram/stand-in.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SECRET = 'a-secret-of-this-test-that-nobody-guesses'
const READING = /^get/

let root: string
let telegram: StandIn

beforeEach(async () => {
  telegram = await StandIn.start()
  root = mkdtempSync(join(tmpdir(), 'bot-'))
  copyFileSync(join(ROOT, 'organisation.toml'), join(root, 'organisation.toml'))
  for (const language of ['uk', 'ru', 'en']) {
    mkdirSync(join(root, 'locales', language), { recursive: true })
    cpSync(join(ROOT, 'locales', language, 'bot.json'), join(root, 'locales', language, 'bot.json'))
  }
  edit('organisation.toml', (text) => text.replace('site = []', 'site = ["https://stezhka.example"]'))
})

afterEach(async () => {
  await telegram.close()
  rmSync(root, { recursive: true, force: true })
})

function edit(file: string, change: (text: string) => string): void {
  const path = join(root, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

const word = (language: string, key: string, value: string) =>
  edit(`locales/${language}/bot.json`, (text) => JSON.stringify({ ...(JSON.parse(text) as object), [key]: value }))

const run = (argv: string[], { token = telegram.token, secret = SECRET as string | null } = {}) =>
  bot(root, argv, { api: token === '' ? null : { token, root: telegram.root }, secret })

const written = () =>
  telegram
    .calls()
    .map(({ method }) => method)
    .filter((method) => !READING.test(method))

describe('npm run bot -- publish', () => {
  test('shows what it would do and changes nothing', async () => {
    const { out, exit } = await run(['publish'])
    expect(exit).toBe(0)
    expect(out).toContain('name (uk)')
    expect(out).toContain('- (nothing)')
    expect(out).toContain('+ /start На початок · /menu Меню · /language Мова · /stop Стоп')
    expect(out).toContain('https://stezhka.example/u')
    expect(out).toContain('Nothing was changed')
    expect(out).not.toContain(SECRET)
    expect(written()).toEqual([])
    telegram.assertClean()
  })

  test('with --yes sets names, words and commands of each language and the webhook, all as Telegram takes them', async () => {
    const { out, exit, errors } = await run(['publish', '--yes'])
    expect({ exit, errors }).toEqual({ exit: 0, errors: [] })
    expect(out).toContain('Done.')
    expect(telegram.calls('setWebhook').map(({ params }) => params)).toEqual([
      {
        url: 'https://stezhka.example/u',
        max_connections: 20,
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
        secret_token: SECRET,
      },
    ])
    const seen = (language_code: string) => telegram.person({ id: 5, language_code }).menu()
    expect(seen('ru')[3]).toEqual({ command: 'stop', description: 'Стоп' })
    expect(seen('en')[0]).toEqual({ command: 'start', description: 'To the start' })
    expect(seen('de')).toEqual(seen('uk'))
    telegram.assertClean()
  })

  test('asks for nothing a second time but the webhook, whose secret cannot be read back', async () => {
    await run(['publish', '--yes'])
    const before = written().length
    const { out } = await run(['publish', '--yes'])
    expect(written().slice(before)).toEqual(['setWebhook'])
    expect(out).toContain('secret set anew')
  })

  test.each([
    ['uk', 'commandMenu', 'Допомога', 'Допомог'],
    ['ru', 'about', 'Убежище рядом', 'Убежищ'],
    ['en', 'aboutShort', 'Domestic violence guide', 'Domestic'],
  ])('refuses a telling word in %s %s before anything is set', async (language, key, value, telling) => {
    word(language, key, value)
    const { errors, exit } = await run(['publish', '--yes'])
    expect(exit).toBe(1)
    expect(errors.join('\n')).toContain(telling)
    expect(written()).toEqual([])
  })

  test('refuses a telling name, username or address', async () => {
    edit('organisation.toml', (text) => text.replace('"Стежка"', '"Кризовий центр"').replace('stezhka.example', 'shelter.example'))
    telegram.world.me.username = 'WomenHelp_bot'
    const { errors } = await run(['publish', '--yes'])
    for (const telling of ['Кризовий', 'Help', 'shelter']) expect(errors.join('\n')).toContain(telling)
    expect(written()).toEqual([])
  })

  test('names the command that has no words, and the text that is too long', async () => {
    word('uk', 'commandStop', '')
    word('en', 'aboutShort', 'Path '.repeat(30))
    const { errors } = await run(['publish', '--yes'])
    expect(errors.join('\n')).toMatch(/uk: .*no words for \/stop/)
    expect(errors.join('\n')).toContain('150 characters; Telegram takes 120')
    expect(written()).toEqual([])
  })

  test('leaves the webhook alone while there is no site, and says so', async () => {
    edit('organisation.toml', (text) => text.replace('site = ["https://stezhka.example"]', 'site = []'))
    const { errors } = await run(['publish', '--yes'])
    expect(errors.join()).toContain('names no site yet')
    expect(telegram.calls('setWebhook')).toEqual([])
    expect(telegram.calls('setMyCommands').length).toBeGreaterThan(0)
  })

  test.each([
    ['no token', { token: '' }, 'There is no BOT_TOKEN'],
    ['no secret', { secret: null }, 'There is no BOT_SECRET'],
    ['a short secret', { secret: 'short' }, '32 to 256'],
    ['a secret Telegram would refuse', { secret: 'with spaces and dots . . . . . . . . .' }, '32 to 256'],
  ])('refuses with %s', async (_what, given, sentence) => {
    const { errors, exit } = await run(['publish', '--yes'], given)
    expect(exit).toBe(1)
    expect(errors.join()).toContain(sentence)
    expect(telegram.calls()).toEqual([])
  })

  test('says in plain words that the token is wrong, and never repeats it', async () => {
    for (const token of ['110201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', 'nonsense']) {
      const { errors, out, exit } = await run(['publish', '--yes'], { token })
      expect(exit).toBe(1)
      expect(errors.join()).toContain('does not know this BOT_TOKEN')
      expect(errors.join() + out).not.toContain(token)
    }
  })

  test('says so when Telegram cannot be reached, without the address that holds the token', async () => {
    await telegram.close()
    const { errors, exit } = await run(['publish'])
    expect(exit).toBe(1)
    expect(errors.join()).toContain('cannot be reached')
    expect(errors.join()).not.toContain(telegram.token)
  })

  test('waits as long as Telegram asks', async () => {
    telegram.fail('setMyName', { how: { status: 429, retryAfter: 1 } })
    const { exit } = await run(['publish', '--yes'])
    expect(exit).toBe(0)
    expect(telegram.calls('setWebhook')).toHaveLength(1)
  })
})

describe('npm run bot', () => {
  test('status tells how the bot is now', async () => {
    await run(['publish', '--yes'])
    const { out } = await run(['status'])
    expect(out).toContain('@stand_in_bot')
    expect(out).toContain('https://stezhka.example/u')
    expect(out).toContain('/start /menu /language /stop')
    expect(out).toContain('/setjoingroups')
  })

  test.each([[['launch']], [['publish', '--no']], [['status', '--yes']]])('says what is possible instead of %s', async (argv) => {
    const { errors, exit } = await run(argv)
    expect(exit).toBe(2)
    expect(errors.join()).toContain('publish')
    expect(telegram.calls()).toEqual([])
  })

  test('takes token and secret from .dev.vars, and the environment first', () => {
    writeFileSync(join(root, '.dev.vars'), 'BOT_TOKEN=1:from-file\nBOT_SECRET="s"\nTG_API_ROOT=http://localhost:1/\n')
    expect(readSettings(root, {})).toEqual({ api: { token: '1:from-file', root: 'http://localhost:1' }, secret: 's' })
    expect(readSettings(root, { BOT_TOKEN: '2:from-env' }).api?.token).toBe('2:from-env')
    rmSync(join(root, '.dev.vars'))
    expect(readSettings(root, {})).toEqual({ api: null, secret: null })
  })
})
