/** A visit to the leaky page. */
import type { Tab } from '../tab.ts'
import type { Control, Controls } from './site.ts'

export async function visitControl(tab: Tab, { url, values }: Controls): Promise<void> {
  await tab.open(url)
  await tab.press('#typed')
  await tab.type(values.typed)
  await tab.press('#field')
  await tab.type(values.field)
  // What it keeps reaches it this way and no other: in the page's own text it would be found in the cache whatever it is about.
  await tab.read(leak, values)
  await tab.close()
}

/** Runs in the page. */
async function leak(values: Record<Control, string>): Promise<void> {
  document.title = values.title
  history.pushState({ kept: values['history-state'] }, '', `/${values.route}`)
  localStorage.setItem('kept', values['local-storage'])
  sessionStorage.setItem('kept', values['session-storage'])
  // biome-ignore lint/suspicious/noDocumentCookie: the old way is the one browsers of all ages keep
  document.cookie = `${values.cookie}=1; max-age=86400`
  await navigator.serviceWorker.register('/sw.js')
  await navigator.serviceWorker.ready
  await fetch('/article').then((answer) => answer.text())
  await fetch('/reply').then((answer) => answer.text())
  const cache = await caches.open('kept')
  await cache.put('/kept', new Response(values['cache-storage']))
  const file = await (await navigator.storage.getDirectory()).getFileHandle('kept', { create: true })
  const writable = await file.createWritable()
  await writable.write(values['private-file'])
  await writable.close()
  const raw = Uint8Array.from(values.key.match(/../g) ?? [], (two) => Number.parseInt(two, 16))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  const database = await new Promise<IDBDatabase>((done, fail) => {
    const opening = indexedDB.open('kept')
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
    opening.onsuccess = () => done(opening.result)
    opening.onerror = () => fail(opening.error)
  })
  const change = database.transaction('kept', 'readwrite', { durability: 'strict' })
  const store = change.objectStore('kept')
  store.put(values.database, 'narrow')
  store.put(`Привіт${values['database-wide']}`, 'wide')
  store.put(`${'again and again '.repeat(400)}${values['database-packed']}`, 'packed')
  store.put(key, 'key')
  await new Promise<void>((done, fail) => {
    change.oncomplete = () => done()
    change.onerror = () => fail(change.error)
  })
  database.close()
}
