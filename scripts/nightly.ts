/** `npm run nightly`: what takes too long for every change, or needs Firefox and root: many more random cases, a thousand claims of two at once, the raw disk and Firefox, then everything twice, each time in another order. */
import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { findBrowser } from './browser.ts'
import { build } from './build.ts'
import { finish, runAll, step, tests } from './groups.ts'

/** `test/properties.ts` hands this to fast-check; without it, its own default of 100. */
const MANY = { PROPERTY_RUNS: '1000' }

const root = process.cwd()
const seeds = [randomInt(1e6), randomInt(1e6)]

const shuffled = (seed: number) =>
  tests(`order ${seed}`, ['--sequence.shuffle.files', '--sequence.shuffle.tests', `--sequence.seed=${seed}`])

finish(
  await runAll([
    step('build', () => build(root)),
    step('browser', () => findBrowser()),
    step('weights are what their phrases give', () => {
      execFileSync(process.execPath, ['scripts/train.ts', '--check'], { cwd: root, stdio: 'inherit' })
    }),
    tests('random cases', ['--project', 'unit', '--testTimeout=300000'], MANY),
    tests('claims', ['--project', 'worker', 'test/worker/talk/claims.test.ts'], { CLAIMS: '1000' }),
    tests('disks', ['--project', 'nightly'], { NIGHTLY: '1' }),
    ...seeds.map(shuffled),
  ]),
)
