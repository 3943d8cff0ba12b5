/** "It did not answer": which of the services on her page, and then whom to try next. Counting is `worker/store/no-answer.ts`. */
import type { Card } from '../../guide/cards.ts'
import { escape as escaped } from '../../guide/html.ts'
import { say } from '../../guide/say.ts'
import type { Need } from '../../schema/terms.ts'
import type { OpenBook } from '../books.ts'
import { joined } from './list-text.ts'
import { barBackTo, buttonOn } from './rows.ts'
import { isCallable, listingOf, pagesOf, type Services } from './services.ts'
import type { Screen, Shown } from './shown.ts'
import { botSay } from './words.ts'

/** Which of the services on her page did not answer: by the number she dialled, since names are long and some are alike. */
export function drawUnanswered(book: OpenBook, shown: Shown, step: Services, now: Date): Screen {
  const key = buttonOn(shown)
  const { pages, page } = pagesOf(book, shown, step, now)
  const cards = pages[page]?.cards.filter(isCallable) ?? []
  return {
    text: joined([`<b>${escaped(botSay(shown.language, 'unansweredTitle'))}</b>`, escaped(botSay(shown.language, 'unansweredText'))]),
    rows: [...cards.map((card) => [key(labelOf(card), { silent: card.code }, { page })]), ...barBackTo('show', shown, book.words, page)],
  }
}

const labelOf = ({ name, phones: [phone] }: Card): string => (phone ? `${phone.text} · ${name}` : name)

/** Numbers to try next: enough to have a choice, few enough to begin. */
const NEXT = 3

/** Thanks, and whom to try next: those of the same list that may answer now. */
export function drawNoted(book: OpenBook, shown: Shown, need: Need, now: Date): Screen {
  const { words } = book
  const others = listingOf(book, shown, need, now).cards.filter(({ code, phones }) => code !== shown.silent?.service && phones.length > 0)
  const next = (['yes', 'unknown', 'no'] as const).flatMap((answers) => others.filter((card) => card.answers === answers)).slice(0, NEXT)
  const lines = next.map(
    ({ name, answersText, phones: [phone] }) => `☎ <b>${escaped(phone?.text ?? '')}</b> ${escaped(`${name} · ${answersText}`)}`,
  )
  const thanks = shown.silent?.counted ? say(words, 'didNotAnswerThanks') : botSay(shown.language, 'notCounted')
  return {
    text: joined([
      `<b>${escaped(thanks)}</b>`,
      escaped(botSay(shown.language, 'notedText')),
      ...(lines.length > 0 ? [[escaped(botSay(shown.language, 'notedNext')), ...lines].join('\n')] : []),
      lines.length > 0 ? `<i>${escaped(say(words, 'callWarning'))}</i>` : '',
      `<i>${escaped(botSay(shown.language, 'notedHope'))}</i>`,
    ]),
    rows: barBackTo('show', shown, words, shown.page),
  }
}
