/** The list of services as HTML: where she is, who is near, and how to reach each. */
import { placeName, whereIs } from './area-names.ts'
import { type Card, type CardPhone, sentCode } from './cards.ts'
import type { Words } from './guide.ts'
import { choiceButton, type FormCodes, HERE, type Html, html, SEARCH } from './html.ts'
import { positionHtml } from './html-position.ts'
import type { PlaceMatch } from './places-shown.ts'
import { say } from './say.ts'

export type Listing = {
  /** The place she named, or null for the whole country. */
  place: { name: string; oblast: string | null } | null
  /** What she typed when nothing, or more than one place, was found. */
  asked: string | null
  matches: PlaceMatch[]
  /** How many fit as well as those, and are not listed. */
  more: number
  /** The table of places could not be loaded, so nothing was looked for. */
  unreachable: boolean
  oblasts: { code: string; name: string }[]
  cards: Card[]
  /** The place lies where she may be under occupation now: asked before any number. */
  askOccupied: boolean
  /** Codes of services she just said did not answer. */
  noted: number[]
}

/** @param position hidden in the place's own form, so that it works without script; `null` in the web app */
export function servicesHtml(listing: Listing, words: Words, position: string | null, codes: FormCodes = null): Html {
  return html`<section class="services">${placeHtml(listing, words, position)}<h2 tabindex="-1">${heading(listing, words)}</h2>${listing.askOccupied && html`<p class="caution">${say(words, 'askOccupied')}</p>${choiceButton(codes, 'occupied', say(words, 'goOn.occupied'))}`}<ol>${listing.cards.map(
    (card) => cardHtml(card, words, listing.noted.includes(card.code)),
  )}</ol>${listing.cards.length === 0 && html`<p>${say(words, 'noServices')}</p>`}<p class="note">${say(words, 'callWarning')}</p></section>`
}

const heading = ({ place }: Listing, words: Words): string =>
  place === null
    ? say(words, 'wholeCountry')
    : say(words, 'near', { place: place.oblast === null || place.oblast === place.name ? place.name : `${place.name}, ${place.oblast}` })

/** Once the place is known its form steps back behind a line, unless an answer stands in it. */
function placeHtml(listing: Listing, words: Words, position: string | null): Html {
  const form = placeForm(listing, words, position)
  return listing.place === null || listing.asked !== null
    ? form
    : html`<details class="elsewhere"><summary>${say(words, 'placeOther')}</summary>${form}</details>`
}

function placeForm({ asked, matches, more, unreachable, oblasts }: Listing, words: Words, position: string | null): Html {
  return html`<form class="place" ${SEARCH} data-place>${
    position !== null && positionHtml(position)
  }<label for="place">${say(words, 'placeLabel')}</label><p class="note" id="place-note">${say(words, 'placeNote')}</p><div class="row"><input id="place" name="q" type="text" inputmode="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="80" aria-describedby="place-note"><button${HERE}>${say(words, 'placeFind')}</button></div><label for="oblast">${say(words, 'oblastLabel')}</label><div class="row"><select id="oblast" name="o" autocomplete="off"><option value="">—</option>${oblasts.map(
    ({ code, name }) => html`<option value="${code}">${name}</option>`,
  )}</select><button${HERE}>${say(words, 'oblastPick')}</button></div>${asked !== null && (unreachable ? html`<p role="status" tabindex="-1">${say(words, 'placeUnreachable')}</p>` : matchesHtml(asked, matches, more, words))}</form>`
}

const matchesHtml = (asked: string, matches: PlaceMatch[], more: number, words: Words): Html =>
  matches.length === 0
    ? html`<p role="status" tabindex="-1">${say(words, 'placeNotFound', { asked })}</p>`
    : html`<p role="status" tabindex="-1">${say(words, matches.some(({ exact }) => exact) ? 'placeWhich' : 'placeGuess')}</p><div class="choices">${matches.map(
        (match) =>
          html`<button${HERE} name="a" value="${match.code}" data-area="${match.code}">${placeName(match, words.language)}<small>${whereIs(match, words.language)}</small></button>`,
      )}</div>${more > 0 && html`<p class="note">${say(words, 'placeMore', { count: more })}</p>`}`

/** @param whose beside the number, when it is not the card's own */
const phonesHtml = (phones: CardPhone[], whose = ''): Html =>
  html`${phones.map(({ tel, text }) => html`<a class="call" href="tel:${tel}"><b>${text}</b>${whose !== '' && html` <span>${whose}</span>`}</a>`)}`

function cardHtml(card: Card, words: Words, noted: boolean): Html {
  return html`<li class="card" data-service="${card.id}"><h3>${card.name}</h3><p class="state"><span data-answers="${card.answers}">${card.answersText}</span><span>${card.reach}</span></p><p>${card.what}</p>${
    card.via.length > 0 &&
    html`<p>${say(words, 'askThrough')}</p><ul class="via">${card.via.map((line) => html`<li>${phonesHtml(line.phones, line.name)}</li>`)}</ul>`
  }${phonesHtml(card.phones)}${card.channels.map(({ text, href }) =>
    href === null ? html`<p>${text}</p>` : html`<p><a href="${href}" rel="noreferrer noopener">${text}</a></p>`,
  )}${card.cautions.map((caution) => html`<p class="caution">${caution}</p>`)}<p class="note">${card.checked}</p><details><summary>${say(words, 'more')}</summary><dl><dt>${say(words, 'whom')}</dt><dd>${card.whom}</dd>${card.details.map(
    ([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`,
  )}</dl>${
    noted
      ? html`<p role="status">${say(words, 'didNotAnswerThanks')}</p>`
      : (card.phones.length > 0 || card.via.length > 0) &&
        html`<button form="f"${HERE} class="quiet" name="n" value="${sentCode(card.code)}" data-no-answer="${card.code}">${say(words, 'didNotAnswer')}</button><p class="note">${say(words, 'didNotAnswerNote')}</p>`
  }</details></li>`
}
