/**
 * `npm test`: everything. The quick groups all run first; when one of them failed the long ones wait until it is mended, unless
 * `--keep-going` asks for the whole picture. The last line is `N passed, N failed`: tests, and every other group as one.
 */
import { parseArgs } from 'node:util'
import { findBrowser } from './browser.ts'
import { build } from './build.ts'
import { finish, runAll, script, step, tests } from './groups.ts'

const { values } = parseArgs({ options: { 'keep-going': { type: 'boolean', default: false } } })
const root = process.cwd()

const quick = [
  step('build', () => build(root)),
  step('browser', () => findBrowser()),
  script('type check', 'typecheck'),
  script('lint', 'lint'),
  script('content check', 'check:content'),
  script('spelling', 'spelling'),
]
const long = [tests('tests', []), script('budgets', 'size')]

const sum = await runAll(quick)
if (sum.failed === 0 || values['keep-going']) await runAll(long, sum)
else
  console.log(
    `Not run until this is mended: ${long.map(({ name }) => name).join(', ')}. To run them all the same: npm test -- --keep-going`,
  )
finish(sum)
