/** Walking the web app by its own buttons, quickly: the clicks are made inside the page, where a choice is answered at once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { choicesAt, choose, open, type Position, SAFE_STEP, TALK_STEP } from '../../guide/engine.ts'
import type { Choice, Guide, Words } from '../../guide/guide.ts'
import { ROOT } from './house.ts'

/** Choices from the first screen to a step. */
export type Path = string[]

export const guide = (country = 'UA'): Guide => JSON.parse(readFileSync(join(ROOT, `dist/built/guide-${country}.txt`), 'utf8')) as Guide

export const words = (language: string): Words =>
  JSON.parse(readFileSync(join(ROOT, `dist/built/words-UA-${language}.txt`), 'utf8')) as Words

/** One step as the engine has it: a shortest way to it, what it offers there, and where each choice leads. */
export type Stop = { path: Path; step: string; offered: string[]; leads: Record<string, string> }

/** Every step that offered choices reach, by the engine alone, once for each set of choices it can offer: what a channel is compared with. */
export function stops(of: Guide): Stop[] {
  const counts = counting(of)
  const key = ({ step, answers }: Position) => `${step} ${(counts[step] ?? []).map((question) => answers[question] ?? '').join()}`
  const seen = new Set<string>()
  const found = new Map<string, Stop>()
  const waiting: Way[] = []
  const come = (at: Position, by: Way['by']) => {
    const here = key(at)
    if (!seen.has(here)) waiting.push({ at, by })
    seen.add(here)
  }
  come(open(of), null)
  for (const way of waiting) {
    const { at } = way
    const offered = choicesAt(of.steps[at.step] ?? { choices: [] }, at).map(({ id }) => id)
    const leads: Record<string, string> = {}
    // Another language or country is another book, asked for when it is picked; the graph is this one's.
    for (const id of [
      ...offered.filter((one) => !/^language-|^country-/.test(one) || one === `country-${of.country.toLowerCase()}`),
      'stop',
      'settings',
    ]) {
      const next = choose(of, at, id)
      if (!next.ok) throw new Error(`${at.step} offers ${id} and does not take it`)
      // The talk with a person is more than a step: it has journeys of its own.
      if (next.value.step === TALK_STEP) continue
      leads[id] = next.value.step
      come(next.value, { way, choice: id })
    }
    const variant = `${at.step} ${offered.join()}`
    if (!found.has(variant)) found.set(variant, { path: pathOf(way), step: at.step, offered, leads })
  }
  return [...found.values()]
}

/** A position, and how it was come by. */
type Way = { at: Position; by: { way: Way; choice: string } | null }

function pathOf({ by }: Way): Path {
  return by === null ? [] : [...pathOf(by.way), by.choice]
}

/**
 * For each step the questions whose answers tell its positions apart: those asked for here or further on, before they are answered anew.
 * A switch, which one step alone sets and asks for, multiplies the ways of that step, not of all others.
 */
function counting(of: Guide): Record<string, string[]> {
  const choices = (step: string): Pick<Choice, 'next' | 'sets' | 'when'>[] => of.steps[step]?.choices ?? []
  const asks = (step: string) => choices(step).flatMap(({ when }) => Object.keys(when ?? {}))
  const steps = Object.keys(of.steps)
  const switches = new Set(steps.flatMap(asks).filter((question) => switchOf(of, question).length > 0))
  const counted = new Map(steps.map((step) => [step, new Set(asks(step))]))
  const sum = () => [...counted.values()].reduce((all, { size }) => all + size, 0)
  for (let before = -1; before !== sum(); ) {
    before = sum()
    for (const [step, its] of counted)
      for (const { next, sets = {} } of [...choices(step), { next: SAFE_STEP }, { next: 'settings' }])
        for (const question of counted.get(next) ?? []) if (!(question in sets) && !switches.has(question)) its.add(question)
  }
  return Object.fromEntries([...counted].map(([step, its]) => [step, [...its]]))
}

/** The one step that both sets this answer and asks for it; none when others do. */
function switchOf({ steps }: Guide, question: string): string[] {
  const having = (part: 'when' | 'sets') =>
    Object.keys(steps).filter((step) => steps[step]?.choices.some((choice) => choice[part]?.[question] !== undefined))
  const [only, ...more] = new Set([...having('when'), ...having('sets')])
  return only === undefined || more.length > 0 ? [] : [only]
}

/** One way to each step. */
export const ways = (all: Stop[]): Stop[] => [...new Map([...all].reverse().map((stop) => [stop.step, stop])).values()].reverse()

/** Functions put into the page once; they only click what is offered. */
const INSIDE = (home: string) => {
  const screen = () => document.getElementById('screen') as HTMLElement
  const press = (choice: string): boolean => {
    const button = document.querySelector<HTMLButtonElement>(`[data-choice="${CSS.escape(choice)}"]`)
    button?.click()
    return button !== null
  }
  const walk = {
    step: () => screen().dataset.step ?? '',
    offered: () => [...screen().querySelectorAll<HTMLElement>('.choices [data-choice]')].map((button) => button.dataset.choice ?? ''),
    reset() {
      press('stop')
      // Where she said she is outlasts stop; this says that she is at home, in this country, and leads to the first screen.
      press('settings')
      press('country')
      press(home)
    },
    go(path: Path) {
      // What lies on the way is not laid out, only where it leads.
      document.documentElement.hidden = true
      walk.reset()
      for (const choice of path) if (!press(choice)) throw new Error(`"${choice}" of ${path.join(' → ')} is not offered at ${walk.step()}`)
      document.documentElement.hidden = false
      return walk.step()
    },
    /** Goes to each of these and presses everything offered there; what differs from the engine is told. */
    compare(stops: Stop[]) {
      const seen = new Set<string>()
      const faults: string[] = []
      for (const { path, step, offered, leads } of stops) {
        seen.add(walk.go(path))
        if (walk.step() !== step) faults.push(`${path.join(' → ')}: ${walk.step()} instead of ${step}`)
        if (walk.offered().join() !== offered.join()) faults.push(`${step} offers ${walk.offered().join()} instead of ${offered.join()}`)
        for (const [choice, next] of Object.entries(leads)) {
          walk.go(path)
          document.documentElement.hidden = true
          if (!press(choice)) faults.push(`${step}: ${choice} is not there`)
          if (walk.step() !== next) faults.push(`${step}: ${choice} leads to ${walk.step()} instead of ${next}`)
        }
      }
      document.documentElement.hidden = false
      return { seen: [...seen], faults }
    },
  }
  Object.assign(window, { walk })
}

export type Walk = {
  step(): string
  offered(): string[]
  reset(): void
  go(path: Path): string
  compare(stops: Stop[]): { seen: string[]; faults: string[] }
}

declare global {
  interface Window {
    walk: Walk
  }
}

/** @param country where a walk begins anew */
export async function teach(page: Page, country = 'UA'): Promise<void> {
  await page.evaluate(INSIDE, `country-${country.toLowerCase()}`)
}

export const press = (page: Page, choice: string): Promise<void> => page.locator(`[data-choice="${choice}"]`).first().click()

export const stepOf = (page: Page): Promise<string | null> => page.locator('#screen').getAttribute('data-step')
