/** The very last line a run prints: how many promises held. A run that found no test, or never came to its end, is counted as failed. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

type Counted = { passed: number; failed: number; skipped: number }

export function count(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Counted {
  const counted: Counted = { passed: 0, failed: unhandled.length, skipped: 0 }
  for (const module of modules) {
    const before = counted.failed
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      counted[state === 'pending' ? 'skipped' : state] += 1
    }
    // A file or a hook that broke outside any test.
    counted.failed += [module, ...module.children.allSuites()].filter((one) => one.errors().length > 0).length
    if (module.state() === 'failed' && counted.failed === before) counted.failed += 1
  }
  if (counted.passed + counted.failed === 0) counted.failed = 1
  return counted
}

export const line = ({ passed, failed, skipped }: Counted): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

export default class LastLine implements Reporter {
  #counted: Counted = { passed: 0, failed: 1, skipped: 0 }

  onInit(): void {
    process.once('exit', () => {
      if (this.#counted.failed > 0 && !process.exitCode) process.exitCode = 1
      process.stdout.write(`${line(this.#counted)}\n`)
    })
  }

  onTestRunStart(): void {
    this.#counted = { passed: 0, failed: 1, skipped: 0 }
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.#counted = count(modules, unhandled)
  }
}
