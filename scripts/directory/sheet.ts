/** The call sheet in words, for whoever rings. Which services, in which order, is `due.ts`. */
import { written } from '../../guide/phones.ts'
import type { Ask, Due, Why } from './due.ts'

const HEADINGS: Record<Why, string> = {
  'did-not-answer': 'Somebody said: it did not answer',
  'national-never': 'National lines nobody has confirmed yet',
  'due-again': 'Confirmed long ago: due again',
  'local-never': 'Local services nobody has confirmed yet',
  'not-shown': 'Not published: only if you have time',
}

const QUESTIONS: Record<Ask, string> = {
  answers: 'Does the number answer, and is it really this service?',
  hours: 'On which days and hours?',
  free: 'Is it free, the call too?',
  anonymous: 'May somebody stay without a name?',
  languages: 'In which languages?',
  serves: 'Whom do you help (women, men, children, people with a disability, displaced people …)? Whom not?',
  write: 'Can one write instead of speak, and where?',
  'tells-police': 'Do you tell the police or anybody else, and when?',
}

/** Said once at the top, so that no call puts anybody at risk. */
const MANNERS = [
  'Say who you are and that you keep a directory of help. Ask for the service, never about a person who was helped.',
  'Never ask for the address of a shelter, and do not write one down if you hear it.',
  'Do not ring 101, 102, 103, 104 or 112 to check them: somebody may need the line. Confirm them in writing (--how wrote).',
  'A number marked "not shown" is for you alone: do not pass it on. Read the notes before you ring.',
]

export function callSheet(list: Due[], today: string): string {
  if (list.length === 0) return `Nothing is due on ${today}.\n`
  const lines = [
    `Call sheet of ${today}: ${list.length} ${list.length === 1 ? 'service' : 'services'}`,
    '',
    ...MANNERS.map((line) => `- ${line}`),
  ]
  lines.push('', 'Ask:', ...Object.values(QUESTIONS).map((question, index) => `  ${index + 1}. ${question}`))
  let last: Why | null = null
  for (const one of list) {
    if (one.why !== last) lines.push('', `== ${HEADINGS[one.why]} (${list.filter(({ why }) => why === one.why).length}) ==`)
    last = one.why
    lines.push('', ...paragraph(one))
  }
  return `${lines.join('\n')}\n`
}

function paragraph(one: Due): string[] {
  const known = one.ask.filter(({ recorded }) => recorded !== 'not known').map(({ about, recorded }) => `${about}: ${recorded}`)
  const missing = one.ask.filter(({ recorded }) => recorded === 'not known').map(({ about }) => about)
  return [
    one.name,
    `  ${one.id} · ${one.areas.join(', ')}${one.confirmedOn === null ? '' : ` · last confirmed ${one.confirmedOn}`}${one.times > 0 ? ` · did not answer: ${one.times}` : ''}`,
    ...ways(one),
    ...(known.length > 0 ? [`  to hear confirmed: ${known.join('; ')}`] : []),
    ...(missing.length > 0 ? [`  to find out: ${missing.join(', ')}`] : []),
    ...(one.notes === '' ? [] : [`  notes: ${one.notes.replace(/\s+/g, ' ').trim()}`]),
    `  sign: npm run directory -- sign ${one.id} --by "Name or role" --how ${one.phones.some(({ number }) => isEmergency(number)) ? 'wrote' : 'rang'}`,
  ]
}

/** Short codes with three digits that begin with 1 belong to the emergency services; 203 or 527 are help lines. */
const isEmergency = (number: string): boolean => /^1\d{2}$/.test(number)

function ways(one: Due): string[] {
  const mark = (shown: boolean) => (shown && one.published ? '' : '  [not shown to visitors]')
  const own = [
    ...one.phones.map(
      ({ number, note, shown }) =>
        `  ${isEmergency(number) ? 'write, do not ring:' : 'ring'} ${written(number)}${note === null ? '' : ` (${note})`}${mark(shown)}`,
    ),
    ...one.channels.map(({ type, value, shown }) => `  ${type}: ${value}${mark(shown)}`),
  ]
  const via = one.via.map(({ id, name, numbers }) => `  through ${name} (${id}): ${numbers.map(written).join(', ') || 'no number'}`)
  if (one.confidential) via.unshift('  a place that must not be known: ask only its line whether it still takes people in')
  const all = [...own, ...via]
  return all.length > 0 ? all : ['  no number and no line: open its source']
}
