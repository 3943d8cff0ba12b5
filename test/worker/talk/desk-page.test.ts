/** The desk's page and files: on the desk's host, with every header, and on no other; on the desk's host nothing of a visitor's page. */
import { describe, expect, it } from 'vitest'
import { manifest } from '../../../worker/books.ts'
import { headersFor } from '../../../worker/http/headers.ts'
import { DESK, fetchAt, openHouse, SITE } from './house.ts'

openHouse()

const { script, style, reading } = manifest.desk
const FILES = [script.src, style.src, reading.script.src, reading.models.src]

describe('the desk’s host', () => {
  it.each(['/', ...FILES, '/nothing', manifest.core.src])('answers %s with every header', async (path) => {
    const answer = await fetchAt(`${DESK}${path}`)
    const expected = headersFor(path === '/' ? manifest.desk.later : [])
    for (const [name, value] of Object.entries(expected)) expect(answer.headers.get(name), name).toBe(value)
    expect(answer.headers.get('Set-Cookie')).toBeNull()
  })

  it('has its page, with integrity for script and style, and a title that tells nothing', async () => {
    const page = await (await fetchAt(`${DESK}/`)).text()
    for (const { src, integrity } of [script, style]) expect(page).toContain(`"${src}" integrity="${integrity}"`)
    expect(page).toContain('<title>Стежка</title>')
    expect(page).not.toMatch(/<script>|<style>| on\w+=/)
  })

  it('has its files in both encodings', async () => {
    for (const path of FILES) {
      const plain = await fetchAt(`${DESK}${path}`)
      expect([plain.status, plain.headers.get('Content-Encoding')]).toEqual([200, null])
      const packed = await fetchAt(`${DESK}${path}`, { headers: { 'Accept-Encoding': 'br' } })
      expect([packed.status, packed.headers.get('Content-Encoding')]).toEqual([200, 'br'])
    }
  })

  it('has nothing of a visitor’s page', async () => {
    for (const path of [manifest.core.src, manifest.exit.src, manifest.style.src, '/t', '/u', '/index.html'])
      expect([path, (await fetchAt(`${DESK}${path}`)).status]).toEqual([path, 404])
  })
})

it('no other host has anything of the desk', async () => {
  for (const path of [...FILES, '/api', '/line']) {
    const answer = await fetchAt(`${SITE}${path}`, { redirect: 'manual' })
    expect([path, answer.status, answer.headers.get('Location')]).toEqual([path, 303, '/'])
  }
})
