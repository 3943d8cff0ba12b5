/** A talk with a counsellor, as somebody has it: asked for with two words of her own, written both ways, a code shown and typed, a message begun. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TALK_STEP } from '../../guide/engine.ts'
import type { Counsellor } from '../journeys/counsellor.ts'
import { until } from '../journeys/talking.ts'
import type { Passed } from './front.ts'
import { codeSecrets, endSecrets, passedSecrets } from './keys.ts'
import type { Phone } from './phone.ts'
import { enter, go, random, read, typeIn } from './visit.ts'

const words = JSON.parse(readFileSync(join(import.meta.dirname, '../../locales/uk/talk.json'), 'utf8')) as Record<string, string>

/** What she is asked by the counsellor, in words nobody else has, and two of her answers. */
export async function talk(phone: Phone, counsellor: Counsellor): Promise<void> {
  const { kind, url, host, seen, front } = phone
  const tab = phone.browser.first
  const titled = (name: string) => tab.until((wanted) => document.getElementById('title')?.textContent === wanted, words[name])
  const shows = (text: string) => tab.until((wanted) => document.body.textContent.includes(wanted), text)
  const write = async (text: string) => {
    await typeIn(tab, '.write textarea', text, seen)
    await tab.press('.write .main')
    await counsellor.until(() => counsellor.texts.includes(text))
  }

  await enter(tab, url, seen, 'web')
  await go(tab, 'trust', 'trust', seen)
  await go(tab, 'write-here', TALK_STEP, seen)
  await titled('beforeTitle')
  await tab.press('#screen .choices .main')
  await titled('askTitle')
  const [first, agreed, duress] = [random(), random(), random()]
  await typeIn(tab, '#screen form textarea', first, seen)
  await tab.press('#screen details.words summary')
  await typeIn(tab, '#screen details.words label:nth-of-type(1) input', agreed, seen)
  await typeIn(tab, '#screen details.words label:nth-of-type(2) input', duress, seen)
  await read(tab, seen)
  await tab.press('#screen form > .main')
  await titled('waitingTitle')
  await read(tab, seen)

  // The screen says so before the server has it.
  await until(() => tagsOf(front.passed).length > 0)
  const told = await counsellor.accept(tagsOf(front.passed)[0])
  if (told?.text !== first || told.word !== agreed) throw new Error('Her first words did not arrive')
  await titled('talkTitle')
  await write(random())
  const [said, asked, answer] = [random(), random(), random()]
  await counsellor.say({ kind: 'text', text: said })
  await counsellor.say({ kind: 'question', text: asked, answers: [answer, random()] })
  for (const text of [said, asked, answer, duress]) {
    await shows(text)
    seen.add('screen', text)
  }
  await tab.press('.answers button')
  await counsellor.until(() => counsellor.heardA('answer'))

  await tab.press('.write + button')
  await titled('codeTitle')
  await read(tab, seen)
  const [code, asWords] = await tab.read(() =>
    ['.code', '.code ~ p:last-child'].map((one) => document.querySelector(one)?.textContent ?? ''),
  )
  seen.add('key', code as string)
  seen.add('key', (code as string).replaceAll(' ', ''))
  seen.add('key', asWords as string)
  await tab.press('#screen .main')
  await typeIn(tab, '#screen form input', code as string, seen)
  await tab.press('#screen form .main')
  await titled('talkTitle')
  await counsellor.until(() => counsellor.heardA('mailbox'))

  await write(random())
  await read(tab, seen)
  await typeIn(tab, '.write textarea', random(), seen)

  // The one address that only a talk asks for. In Firefox's history the name read backwards, "tset.…", stands behind every address.
  if (kind.name === 'chromium') seen.add('code', `${host}/t`)
  for (const { name, bytes } of [...passedSecrets(front.passed), ...endSecrets(counsellor.end), ...(await codeSecrets(code as string))])
    seen.key(name, bytes)
  wholeTalkCame(phone)
}

/** @throws when one of the talk's sentences was not among what her browser received: looking for the others would prove little */
function wholeTalkCame({ front }: Phone): void {
  const came = front.passed.map(({ answered }) => answered.toString())
  for (const sentence of Object.values(words)) {
    const inJson = JSON.stringify(sentence).slice(1, -1)
    if (!came.some((text) => text.includes(inJson))) throw new Error(`"${sentence}" never came`)
  }
}

/** Of the talks that were asked for. */
const tagsOf = (passed: Passed[]): string[] =>
  passed.flatMap(({ path, sent, status }) => {
    const asked = path === '/t' && status === 200 ? (JSON.parse(sent) as { ask: string; tag: string }) : null
    return asked?.ask === 'open' ? [asked.tag] : []
  })
