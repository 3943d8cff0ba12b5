/**
 * The third channel that can walk a transcript: the bot, by real updates through its webhook. Where she stands is read from the last
 * row of buttons, which every screen has; services are known by their names, over all pages of a list.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Codes } from '../../guide/content.ts'
import type { Directory, Guide, Words } from '../../guide/guide.ts'
import { phoneText } from '../../guide/phones.ts'
import { say } from '../../guide/say.ts'
import { guess } from '../../guide/whereabouts.ts'
import { COUNTRIES, LANGUAGES, type Language } from '../../schema/terms.ts'
import { unpackArea } from '../../worker/bot/data.ts'
import type { Person, Seen, SeenButton } from '../telegram/person.ts'
import type { StandIn } from '../telegram/stand-in.ts'
import type { Player, Shown } from './replay.ts'

/** More pages than any list has. */
const MOST_PAGES = 30

const EVERYWHERE = ['back', 'home', 'stop', 'settings']

/** `ask` is a choice or, after a hyphen, what only a bot has: `-c` the card, `-t` tidy, `-h` hide, `-o` oblasts, `--` show. */
export type Carried = { step: string; language: Language; page: number; ask: string; area: string | null }

export type BotPlayer = Player & {
  person: Person
  words(language?: Language): Words
  /** Presses what asks for this: a choice, or `-c`, `-t`, `-h`. */
  ask(ask: string): Promise<void>
  /** The button that `take` would press. */
  find(choice: string): SeenButton
  /** What stands on the one message. @throws when there is another, or one of hers */
  message(): Seen
  at(): Carried
}

type Where = { root: string; telegram: StandIn; person: Person; still(): Promise<void> }

export function botPlayer({ root, telegram, person, still }: Where): BotPlayer {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(root, 'dist/built', name), 'utf8')) as T
  const { codes } = read<{ codes: Codes }>('common.txt')
  const [steps, choices] = [codes.steps, codes.choices].map((table) => new Map(Object.entries(table).map(([id, code]) => [code, id])))
  // What her Telegram speaks decides whose guide she is given.
  const { country } = guess(
    [person.user.language_code ?? ''],
    { countries: COUNTRIES, languages: LANGUAGES },
    { country: 'UA', language: 'uk' },
  )
  const wordsOf = once((language) => read<Words>(`words-${country}-${language}.txt`))
  const guide = () => read<Guide>(`guide-${country}.txt`)
  const directoryOf = once((language) => read<Directory>(`directory-${country}-${language}.txt`))

  function carried(data = ''): Carried {
    const [head = '', area = ''] = data.slice(0, -8).split('.')
    return {
      step: steps?.get(head.slice(5, 8)) ?? '',
      language: LANGUAGES[Number(head[1])] ?? 'uk',
      page: Number.parseInt(head[2] ?? '0', 36),
      ask: choices?.get(head.slice(3, 5)) ?? head.slice(3, 5),
      area: unpackArea(area) || null,
    }
  }
  function message(): Seen {
    const [only, ...others] = person.screen()
    if (!only || only.mine || others.length > 0) throw new Error(`instead of one message of the bot there is:\n${person.drawn()}`)
    return only
  }
  const at = () => carried(message().buttons.at(-1)?.[0]?.data)
  const buttons = () => message().buttons.flat()
  const asking = (ask: string) => buttons().find(({ data }) => carried(data).ask === ask)
  async function tap(button: SeenButton | undefined, what: string): Promise<void> {
    if (!button?.data) throw new Error(`no button for ${what}:\n${person.drawn()}`)
    await person.taps(button.data)
    await still()
    if (telegram.unanswered().some(({ query }) => query.from.id === person.user.id))
      throw new Error(`the tap on ${what} was never answered`)
  }

  /** As she finds it, by its words; by what it carries only when two say the same, or it is worded otherwise. */
  function find(choice: string): SeenButton {
    const { step, language } = at()
    const words = wordsOf(language)
    const label = EVERYWHERE.includes(choice) ? say(words, choice) : (words.steps[step]?.choices?.[choice] ?? words.choices[choice])
    const named = buttons().filter((button) => button.label === label)
    const found = named.length === 1 ? named[0] : asking(choice)
    if (!found) throw new Error(`no button for ${choice} ("${label}"):\n${person.drawn()}`)
    return found
  }

  /** The page of the list that is shown, counted from 0. */
  let page = 0
  async function turn(step: 1 | -1): Promise<boolean> {
    const button = buttons().find(({ data, label }) => {
      const there = carried(data)
      return ['--', '-o'].includes(there.ask) && there.page === page + step && (step === 1 ? label.endsWith('›') : label.startsWith('‹'))
    })
    if (!button) return false
    await tap(button, 'another page')
    page += step
    return true
  }
  const act = async (what: () => Promise<unknown>) => {
    await what()
    await still()
    page = 0
  }

  function callsOn(text: string, { step, language }: Carried): string[] {
    const lines = text.split('\n').filter((line) => line.startsWith('☎ '))
    const { services } = directoryOf(language)
    // Two services may read the same here, such as units of the police that are rung through one line: the one that the step calls is
    // meant, else the first of the directory.
    const called = guide().steps[step]?.call ?? []
    const said = new Map<string, string>()
    for (const { id, phones, name, short } of services)
      for (const phone of phones) {
        const line = `☎ ${phoneText(phone)} ${short ?? name}`
        if (!said.has(line) || called.includes(id)) said.set(line, id)
      }
    return lines.flatMap((line) => said.get(line) ?? [])
  }
  /** Services of one name, such as shelters whose place is not told, are taken in the order of the directory. */
  function servicesOn(pages: Seen[], language: Language): string[] {
    const named = new Map<string, string[]>()
    for (const { id, name } of directoryOf(language).services) named.set(name, [...(named.get(name) ?? []), id])
    const bold = pages.flatMap(({ text, entities }) =>
      entities.filter(({ type }) => type === 'bold').map(({ offset, length }) => text.slice(offset, offset + length)),
    )
    return bold.flatMap((name) => named.get(name)?.shift() ?? [])
  }

  return {
    person,
    words: (language) => wordsOf(language ?? at().language),
    message,
    at,
    find,
    ask: (ask) => act(() => tap(asking(ask), ask)),
    async look(): Promise<Shown> {
      const { step, language } = at()
      const seen = [message()]
      while (seen.length < MOST_PAGES && (await turn(1))) seen.push(message())
      while (page > 0 && (await turn(-1)));
      return {
        step,
        language,
        calls: callsOn(seen[0]?.text ?? '', at()),
        services: servicesOn(seen, language),
        text: seen.map(({ text }) => text).join('\n'),
      }
    },
    take: (choice) => act(() => tap(find(choice), choice)),
    type: (place) => act(() => person.sends(place)),
    async choosePlace(area) {
      if (at().area === area) return
      const found = buttons().find(({ data }) => carried(data).area === area)
      await act(() => tap(found, area))
    },
    async pickOblast(area) {
      await act(() => tap(asking('-o'), 'the list of oblasts'))
      const found = () => buttons().find(({ data }) => carried(data).area === area && carried(data).ask === '--')
      while (!found() && (await turn(1)));
      await act(() => tap(found(), area))
    },
    close: async () => {},
  }
}

function once<T>(make: (language: Language) => T): (language: Language) => T {
  const kept = new Map<Language, T>()
  return (language) => {
    const found = kept.get(language) ?? make(language)
    kept.set(language, found)
    return found
  }
}
