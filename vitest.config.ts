/** Six ways to run tests: `unit` in plain Node, `scripts` for the commands of this repository, `worker` in workerd with the real migrations, `bot` for the built bot behind a strict Telegram, `browser` for journeys through Chromium, `residue` for what Chromium leaves on the disk. */
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { Response } from 'miniflare'
import { defineConfig } from 'vitest/config'

/** Nothing of the tools may look up or report anything outside. */
Object.assign(process.env, {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
})

/** The strict Telegram's rules run in Node: the tests in workerd ask here about the calls they saw. */
async function judged(calls: unknown): Promise<string[]> {
  const { judgeAll } = await import('./test/telegram/judge.ts')
  return judgeAll(calls as Parameters<typeof judgeAll>[0])
}

const inWorkerd = cloudflareTest(async () => ({
  wrangler: { configPath: './wrangler.toml' },
  miniflare: {
    bindings: { TEST_MIGRATIONS: await readD1Migrations('schema/migrations'), CLAIMS: process.env.CLAIMS ?? '' },
    serviceBindings: { BOT_API_RULES: async (request: { json(): Promise<unknown> }) => Response.json(await judged(await request.json())) },
  },
}))

/** A busy machine is not a fault: what is waited for comes late there, and is waited for. */
const patient = { poll: { timeout: 30_000, interval: 50 } }

/** What is served, built before the first of these. */
const BUILT = 'test/built.ts'

/** Needs Firefox, and root for the raw disk: `npm run nightly` asks for it. */
const nightly = {
  test: {
    name: 'nightly',
    globalSetup: BUILT,
    environment: 'node' as const,
    include: ['test/residue/nightly/*.test.ts'],
    expect: patient,
    testTimeout: 600_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
}

export default defineConfig({
  test: {
    // A cache between runs would remember that a file of the build was missing.
    fsModuleCache: false,
    reporters: ['default', './test/reporter.ts'],
    // Two files at a time, whatever they test: much of their time they wait. Each has a server, a browser, a folder of its own.
    maxWorkers: 2,
    projects: [
      ...(process.env.NIGHTLY ? [nightly] : []),
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/{guide,crypto,schema,pwa,desk,handoff,telegram,faults,residue/scanner}/**/*.test.ts'],
          setupFiles: ['test/properties.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'scripts', globalSetup: BUILT, environment: 'node', include: ['test/scripts/**/*.test.ts'], testTimeout: 60_000 } },
      {
        plugins: [inWorkerd],
        define: { LOCAL: 'true' },
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          setupFiles: ['test/worker/setup.ts'],
          isolate: false,
          expect: patient,
          testTimeout: 60_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'bot',
          globalSetup: BUILT,
          environment: 'node',
          expect: patient,
          include: ['test/{bot,transcripts,live}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'residue',
          globalSetup: BUILT,
          environment: 'node',
          expect: patient,
          include: ['test/residue/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
          maxConcurrency: 3,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: BUILT,
          environment: 'node',
          expect: patient,
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
