/** With `PROPERTY_RUNS` set, as `npm run nightly` does, every property is tried that many times at least. */
import { vi } from 'vitest'

vi.mock('fast-check', async (original) => {
  const real = await original<typeof import('fast-check')>()
  const least = Number(process.env.PROPERTY_RUNS ?? 0)
  if (!(least > 0)) return real
  const assert = ((property: never, settings: { numRuns?: number } = {}) =>
    real.assert(property, { ...settings, numRuns: Math.max(settings.numRuns ?? 0, least) })) as typeof real.assert
  return { ...real, assert, default: { ...real.default, assert } }
})
