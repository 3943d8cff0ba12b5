/** Groups of checks, run one after another or two at once, each with one line of result and time. Used by `npm test`, `check` and `nightly`. */
import { spawn } from 'node:child_process'
import { QUIET } from './quiet.ts'

export type Ran = { passed: number; failed: number; output: string }

export type Group = { name: string; run: () => Promise<Ran> }

/** Colours are for a screen. */
const PLAIN: Record<string, string> = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }

const RESULT = /^(\d+) passed, (\d+) failed(?:, \d+ skipped)?$/

/** A program's end and everything it said. `aloud` lets it speak while it runs: the long ones, which a watcher may take for dead. */
export function program(
  command: string,
  args: string[],
  { aloud = false, env = {} }: { aloud?: boolean; env?: Record<string, string> } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: { ...process.env, ...QUIET, ...PLAIN, ...env },
    })
    let output = ''
    const hear = (chunk: Buffer) => {
      output += chunk
      if (aloud) process.stdout.write(chunk)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** A script of `package.json`: right or wrong as a whole. */
export const script = (name: string, run: string): Group => ({
  name,
  async run() {
    const { code, output } = await program('npm', ['run', '-s', run])
    return code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }
  },
})

/** Vitest, which counts for itself: `test/reporter.ts` prints the sum as its last line. */
export const tests = (name: string, args: string[], env: Record<string, string> = {}): Group => ({
  name,
  async run() {
    const { code, output } = await program('vitest', ['run', ...args], { aloud: true, env })
    const last = RESULT.exec(output.trimEnd().split('\n').at(-1) ?? '')
    const [passed, failed] = [Number(last?.[1] ?? 0), Number(last?.[2] ?? 0)]
    return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed, output: '' }
  },
})

/** One step of ours that throws when it goes wrong. */
export const step = (name: string, run: () => Promise<unknown> | unknown): Group => ({
  name,
  async run() {
    try {
      await run()
      return { passed: 1, failed: 0, output: '' }
    } catch (error) {
      return { passed: 0, failed: 1, output: `${error instanceof Error ? error.message : String(error)}\n` }
    }
  },
})

export type Sum = { passed: number; failed: number }

/** Runs every group of the list, so many at once, whatever the others say; what a group said is shown when it failed. */
export async function runAll(groups: Group[], sum: Sum = { passed: 0, failed: 0 }, atOnce = 1): Promise<Sum> {
  const waiting = groups.values()
  const lane = async () => {
    for (const group of waiting) await runOne(group, sum)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return sum
}

async function runOne({ name, run }: Group, sum: Sum): Promise<void> {
  const since = performance.now()
  const { passed, failed, output } = await run()
  sum.passed += passed
  sum.failed += failed
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  if (failed > 0 && output !== '') process.stdout.write(`${output.trimEnd()}\n`)
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${name.padEnd(16)} ${passed + failed > 1 ? `${passed} passed, ${failed} failed, ` : ''}${seconds} s`,
  )
}

/** The last line of a run, and its end. */
export function finish({ passed, failed }: Sum): void {
  if (failed > 0) process.exitCode = 1
  console.log(`${passed} passed, ${failed} failed`)
}
