/** Packs the lists under `guide/understand/lexicon/` into the lines of a model file: words as sounds, each once. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Mark } from '../../guide/understand/lexicon.ts'
import { spelt } from '../../guide/understand/reading.ts'
import { soundOf } from '../../guide/understand/sound.ts'
import type { Phrase } from './phrases.ts'

/** What the lists call it, and the mark it is. Lists named otherwise are for readers. */
const NAMES: Record<string, Mark> = {
  violence_verbs: 'violence',
  physical_violence: 'violence',
  violence: 'violence',
  sexual_force_verbs: 'sexual',
  sexual_violence: 'sexual',
  threat_to_life: 'threat',
  threat: 'threat',
  weapons: 'weapon',
  weapon: 'weapon',
  strangling: 'strangling',
  locking_in: 'locked',
  locked: 'locked',
  breaking_in: 'breaking',
  being_followed_now: 'following',
  following_now: 'following',
  hiding_now: 'hiding',
  bleeding_injury: 'bleeding',
  bleeding_and_injury: 'bleeding',
  bleeding: 'bleeding',
  cries_for_help_now: 'cry',
  calls_for_help: 'cry',
  suicide_expressions: 'suicide',
  self_harm_expressions: 'suicide',
  suicide_threat_by_another: 'suicide',
  suicide_and_self_harm: 'suicide',
  suicide: 'suicide',
  suicide_places: 'edge',
  present_markers: 'now',
  present_time: 'now',
  now: 'now',
  present_verbs: 'acting',
  past_markers: 'past',
  past_time: 'past',
  past: 'past',
  habit_markers: 'habit',
  calm_now_markers: 'calm',
  negated_harm: 'calm',
  negations: 'negation',
  negation: 'negation',
  questions: 'question',
  figures_of_speech: 'figure',
  figure: 'figure',
  fiction_and_study_cancel: 'story',
  story_contexts: 'story',
  persons_who_hurt: 'hurter',
  hurter: 'hurter',
  persons_others: 'other',
  other_persons: 'other',
  other: 'other',
  professional_markers: 'professional',
  own_violence_markers: 'own',
  perpetrator_markers: 'own',
  child_markers: 'child',
  child: 'child',
  fear: 'fear',
  greetings: 'greeting',
  greeting: 'greeting',
}

/** An entry is a string, or a pair whose second stands near the first. An ending alone (`-тан`) is none. */
function packed(entry: unknown, of: (word: string) => string): string | null {
  const texts = (Array.isArray(entry) ? entry : [entry]).map(String)
  const parts = texts.map((text) =>
    text
      .toLowerCase()
      .replace(/['’ʼ‘ʻ`]/g, '')
      .split(/\s+|(?<=\p{L})-(?=\p{L})/u)
      .filter((word) => word !== '' && !word.startsWith('-'))
      .map((word) => {
        const sound = /^\d/.test(word) ? '' : of(word.replace(/[-*]$/, ''))
        return sound === '' ? '' : sound + (/[-*]$/.test(word) ? '-' : '')
      }),
  )
  if (parts.some((words) => words.length === 0 || words.includes(''))) return null
  // Short stems would open half the language: they are left out, short words are not.
  if (parts.some((words) => words.length === 1 && /^.{1,2}-$/.test(words[0] as string))) return null
  const [first = [], ...near] = parts
  const last = near.flat()
  return last.length > 1 ? null : [first.join(' '), ...last].join('+')
}

/** @throws Error when a list is not YAML */
export function packLexicon(root: string, languages: readonly string[]): string[] {
  const lines = new Map<string, Set<string>>()
  for (const language of languages) {
    const english = language === 'en'
    for (const [name, entries] of Object.entries(listsOf(root, language))) {
      const mark = NAMES[name]
      if (mark === undefined) continue
      const line = mark + (english ? '>' : '')
      const known = lines.get(line) ?? new Set<string>()
      for (const entry of entries) {
        const one = packed(entry, english ? spelt : soundOf)
        if (one !== null) known.add(one)
      }
      lines.set(line, known)
    }
  }
  addConcepts(root, languages, lines)
  return [...lines]
    .map(
      ([line, entries]) =>
        `${line} ${withoutCovered([...entries])
          .sort()
          .join(',')}`,
    )
    .sort()
}

/** What a stem of the same list already covers is left out. */
function withoutCovered(entries: string[]): string[] {
  const stems = entries.filter((entry) => /^[a-z]+-$/.test(entry)).map((entry) => entry.slice(0, -1))
  return entries.filter((entry) => /[ +]/.test(entry) || !stems.some((stem) => entry !== `${stem}-` && entry.startsWith(stem)))
}

/** Lists that hold all languages; their entries stand between spaces. */
function addConcepts(root: string, languages: readonly string[], lines: Map<string, Set<string>>): void {
  const file = join(root, 'guide/understand/lexicon/concepts.yaml')
  for (const [name, own] of Object.entries(parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>))
    for (const [language, entries] of Object.entries(own)) {
      if (!languages.includes(language)) continue
      const english = language === 'en'
      const line = `of-${name}${english ? '>' : ''}`
      const known = lines.get(line) ?? new Set<string>()
      for (const entry of entries.split(/\s+/)) {
        const one = packed(entry.replace(/_/g, ' '), english ? spelt : soundOf)
        if (one !== null) known.add(one)
      }
      lines.set(line, known)
    }
}

/** Lists whose entries say by themselves what they are. */
const TAUGHT: Partial<Record<Mark, Pick<Phrase, 'topics' | 'crisis'>>> = {
  threat: { topics: ['danger-now'], crisis: 'danger' },
  strangling: { topics: ['danger-now'], crisis: 'danger' },
  locked: { topics: ['danger-now'], crisis: 'danger' },
  breaking: { topics: ['danger-now'], crisis: 'danger' },
  hiding: { topics: ['danger-now'], crisis: 'danger' },
  following: { topics: ['danger-now'], crisis: 'danger' },
  cry: { topics: ['danger-now'], crisis: 'danger' },
  suicide: { topics: ['suicide'], crisis: 'suicide' },
  figure: { topics: [], crisis: 'none' },
  greeting: { topics: [], crisis: 'none' },
}
const SHORTEST_ENTRY = 6

/** Entries of those lists as phrases to learn from. A stem or a short word is a piece of many phrases, so it teaches none. */
export function entriesAsPhrases(root: string, languages: readonly string[]): Phrase[] {
  return languages.flatMap((language) =>
    Object.entries(listsOf(root, language)).flatMap(([name, entries]) => {
      const taught = TAUGHT[NAMES[name] ?? 'now']
      if (taught === undefined) return []
      return entries.flatMap((entry): Phrase[] => {
        const text = (Array.isArray(entry) ? entry : [entry]).join(' ').replace(/[-*](?=\s|$)/g, '')
        if (taught.crisis !== 'none' && !text.includes(' ') && text.length < SHORTEST_ENTRY) return []
        return [{ language, ...taught, door: null, text }]
      })
    }),
  )
}

function listsOf(root: string, language: string): Record<string, unknown[]> {
  const file = join(root, 'guide/understand/lexicon', `${language}.yaml`)
  if (!existsSync(file)) return {}
  const lists = parse(readFileSync(file, 'utf8')) as Record<string, unknown[] | null>
  return Object.fromEntries(Object.entries(lists).map(([name, entries]) => [name, entries ?? []]))
}
