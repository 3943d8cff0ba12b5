/** Milliseconds a text, with the edge's files in Node and workerd, with the phone's in Chromium slowed four times: a long run less a short one, over the texts between. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { build } from 'vite'
import { launch } from '../../scripts/browser.ts'
import { median } from '../median.ts'
import { run } from './timed.ts'

type Asked = Parameters<typeof run>[0]
type Run = (rounds: number) => Promise<unknown>

const [SHORT, LONG] = [1, 5] as const
const REPEATS = 5
const SLOWER = 4

async function perText(runRounds: Run, texts: number): Promise<number> {
  await runRounds(SHORT)
  const times: number[] = []
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const [a, b] = [await timed(runRounds, SHORT), await timed(runRounds, LONG)]
    times.push((b - a) / ((LONG - SHORT) * texts))
  }
  return Number(median(times).toFixed(4))
}

async function timed(runRounds: Run, rounds: number): Promise<number> {
  const begun = performance.now()
  await runRounds(rounds)
  return performance.now() - begun
}

async function bundled(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-understand-'))
  try {
    const entry = join(import.meta.dirname, 'timed.ts')
    const lib = { entry, formats: ['es' as const], fileName: () => 'timed.js' }
    await build({ configFile: false, logLevel: 'silent', build: { lib, outDir: folder, emptyOutDir: false, target: 'es2024' } })
    return readFileSync(join(folder, 'timed.js'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function times(
  files: { phone: string; edge: string; net: string },
  given: Pick<Asked, 'texts' | 'language' | 'country'>,
): Promise<Record<'node' | 'workerd' | 'chromiumSlowed', number>> {
  const script = await bundled()
  const count = given.texts.length
  const asked = { ...given, device: 'edge' as const, packed: files.edge, net: files.net }
  const node = await perText(async (rounds) => run({ ...asked, rounds }), count)

  const server = new Miniflare(convertV4MiniflareOptions({ modules: true, script, compatibilityDate: '2026-01-01' }))
  let workerd: number
  try {
    const url = await server.ready
    workerd = await perText(
      async (rounds) => (await fetch(url, { method: 'POST', body: JSON.stringify({ ...asked, rounds }) })).text(),
      count,
    )
  } finally {
    await server.dispose()
  }

  const browser = await launch()
  try {
    const page = await browser.newPage()
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.evaluate(
      async ([code, onPhone]) => {
        const made = await import(URL.createObjectURL(new Blob([code as string], { type: 'text/javascript' })))
        Object.assign(globalThis, { ask: (rounds: number) => made.run({ ...(onPhone as object), rounds }) })
      },
      [script, { ...given, device: 'phone', packed: files.phone, net: null }] as const,
    )
    const chromiumSlowed = await perText(
      (rounds) => page.evaluate((times) => (globalThis as unknown as { ask(n: number): number }).ask(times), rounds),
      count,
    )
    return { node, workerd, chromiumSlowed }
  } finally {
    await browser.close()
  }
}
