/** The page to talk to the bot on: shows what the local Telegram holds, and hands it what the person does. Keeps nothing. */
import { make, rich } from './text.js'

const at = (id) => document.getElementById(id)

const view = { who: null, state: null, editing: null }
const person = () => view.state.people.find(({ id }) => id === view.who) ?? view.state.people[0]

async function act(what, more = {}) {
  const response = await fetch('do', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: person().id, do: what, ...more }),
  })
  const result = await response.json()
  if (!response.ok) pop(result.error)
  return result
}

let popTimer
function pop(text) {
  at('popup').textContent = text
  at('popup').hidden = false
  clearTimeout(popTimer)
  popTimer = setTimeout(() => {
    at('popup').hidden = true
  }, 4000)
}

function message(seen) {
  const meta = make('div', { className: 'meta' })
  if (seen.mine) {
    if (seen.text) meta.append(make('button', { type: 'button', textContent: 'Edit', onclick: () => edit(seen) }))
  } else {
    const note = (textContent) => make('span', { textContent })
    meta.append(seen.silent ? note('silent') : make('span', { className: 'loud', textContent: 'with sound' }))
    meta.append(seen.protected ? note('protected') : make('span', { className: 'loud', textContent: 'can be forwarded' }))
    if (seen.preview) meta.append(make('span', { className: 'loud', textContent: 'preview' }))
  }
  if (seen.edited) meta.append(make('span', { textContent: 'edited' }))
  const kind = Object.keys(seen.extra)[0]
  const content = seen.text ? rich(seen.text, seen.entities) : make('div', { className: 'text' }, make('i', { textContent: kind ?? '' }))
  const item = make('li', { className: 'message' }, make('div', { className: 'bubble' }, content, meta))
  item.classList.toggle('mine', seen.mine)
  if (seen.buttons.length > 0) {
    item.classList.add('wide')
    item.append(keyboard(seen))
  }
  return item
}

function keyboard(seen) {
  const keys = make('div', { className: 'keys' })
  for (const row of seen.buttons)
    keys.append(
      make(
        'div',
        {},
        ...row.map((button) =>
          make('button', {
            type: 'button',
            textContent: button.url ? `${button.label} ↗` : button.label,
            onclick: (event) => tap(button, seen.id, event.currentTarget),
          }),
        ),
      ),
    )
  return keys
}

async function tap({ data, label }, on, key) {
  key.setAttribute('aria-busy', 'true')
  const { popup, alert, opened, answered } = await act('tap', { text: data ?? label, on })
  key.removeAttribute('aria-busy')
  if (opened) window.open(opened, '_blank', 'noreferrer')
  if (popup) pop(alert ? `${popup} (OK)` : popup)
  if (answered === false) pop('This tap was not answered yet: in Telegram the button would spin.')
}

function edit({ id, text }) {
  view.editing = id
  at('text').value = text
  at('text').placeholder = 'Edited message'
  at('text').focus()
}

function draw() {
  const { about, people } = view.state
  const { id, language, menu, screen, blocked, started } = person()
  at('name').textContent = about.name
  at('face').textContent = about.name.slice(0, 1)
  at('state').textContent = blocked ? 'blocked' : 'bot'
  at('block').textContent = blocked ? 'Unblock the bot' : 'Block the bot'
  at('language').value = language
  at('people').replaceChildren(
    ...people.map((one) =>
      make('button', {
        type: 'button',
        textContent: one.name,
        ariaPressed: String(one.id === id),
        onclick: () => {
          view.who = one.id
          view.editing = null
          draw()
        },
      }),
    ),
  )
  at('menu').replaceChildren(
    ...menu.map(({ command, description }) =>
      make(
        'button',
        {
          type: 'button',
          onclick: () => {
            toggle('menu', false)
            void act('send', { text: `/${command}` })
          },
        },
        make('span', { textContent: description }),
        make('span', { textContent: `/${command}` }),
      ),
    ),
  )
  const chat = at('chat')
  if (screen.length === 0 && !started) {
    const text = about.description[language] ?? about.description[''] ?? ''
    chat.replaceChildren(make('li', { className: 'empty' }, text === '' ? 'Nothing here yet.' : text))
  } else if (screen.length === 0) chat.replaceChildren(make('li', { className: 'empty' }, 'Nothing is left in this chat.'))
  else chat.replaceChildren(...screen.map(message))
  at('start').hidden = started || blocked
  at('write').hidden = !started || blocked
  chat.scrollTop = chat.scrollHeight
}

function toggle(id, open = at(id).hidden) {
  for (const sheet of ['menu', 'attach']) {
    at(sheet).hidden = !(sheet === id && open)
    at(`open-${sheet}`).ariaExpanded = String(sheet === id && open)
  }
}

/** What it is about, in a few words: the text, or the button's data. */
function gist(json) {
  const message = json.message ?? json.edited_message
  const text = json.text ?? message?.text ?? json.callback_query?.data ?? json.message_ids?.join(' ') ?? ''
  return text.split('\n')[0].replaceAll(/<[^>]*>/g, '')
}

/** With the line breaks of a text broken, and not only named. */
const readable = (json) => JSON.stringify(json, null, 2).replaceAll('\\n', '\\n\n    ')

/** Buttons of an earlier screen can be pressed from the log, as a finger on an old phone would. */
function line(entry) {
  const { json, title, verdict, ok, to, ms, on } = entry
  const body = make(
    'details',
    {},
    make(
      'summary',
      {},
      to === 'bot' ? '→' : '←',
      make('b', { textContent: title }),
      make('small', { textContent: `${ms} ms` }),
      make('span', { className: 'verdict', textContent: verdict }),
      make('span', { className: 'gist', textContent: gist(json) }),
    ),
  )
  body.addEventListener(
    'toggle',
    () => {
      body.append(make('pre', { textContent: readable(json) }))
      const old = (json.reply_markup?.inline_keyboard ?? []).flat().filter((button) => button.callback_data)
      if (old.length > 0)
        body.append(
          make(
            'div',
            { className: 'row' },
            ...old.map(({ text, callback_data: data }) =>
              make('button', {
                type: 'button',
                textContent: `press old: ${text}`,
                onclick: () => act('tap', { text: data, stale: true, ...(on ? { on } : {}) }),
              }),
            ),
          ),
        )
    },
    { once: true },
  )
  const item = make('li', {}, body)
  item.classList.toggle('wrong', !ok)
  return item
}

at('write').addEventListener('submit', (event) => {
  event.preventDefault()
  const text = at('text').value.trim()
  if (text === '') return
  void act(view.editing === null ? 'send' : 'edit', view.editing === null ? { text } : { text, on: view.editing })
  view.editing = null
  at('text').value = ''
  at('text').placeholder = 'Message'
  toggle('menu', false)
})
at('open-menu').addEventListener('click', () => toggle('menu'))
at('open-attach').addEventListener('click', () => toggle('attach'))
at('attach').addEventListener('click', ({ target }) => {
  if (!target.dataset.do) return
  toggle('attach', false)
  void act(target.dataset.do)
})
at('start').addEventListener('click', () => act('start'))
at('deep').addEventListener('click', () => {
  const text = window.prompt('What stands behind ?start= in the link (A–Z, a–z, 0–9, _ and -)')
  if (text !== null) void act('start', { text })
})
at('block').addEventListener('click', () => act(person().blocked ? 'unblock' : 'block'))
at('language').addEventListener('change', ({ target }) => act('language', { text: target.value }))
at('to-log').addEventListener('click', () => document.body.classList.add('log'))
at('to-chat').addEventListener('click', () => document.body.classList.remove('log'))
at('only-faults').addEventListener('change', ({ target }) => at('log').classList.toggle('faults', target.checked))
at('clear').addEventListener('click', () => {
  at('log').replaceChildren()
  at('count').textContent = ''
  void act('clear')
})

const events = new EventSource('events')
events.addEventListener('state', ({ data }) => {
  view.state = JSON.parse(data)
  draw()
})
events.addEventListener('log', ({ data }) => {
  const entry = JSON.parse(data)
  at('log').prepend(line(entry))
  const wrong = at('log').querySelectorAll('.wrong').length
  at('count').textContent = `${at('log').children.length}, ${wrong === 0 ? 'all well' : `${wrong} with faults`}`
})
// After a new start of the server the old chat is gone.
events.addEventListener('error', () => {
  at('state').textContent = 'npm start is not running'
  at('log').replaceChildren()
})
