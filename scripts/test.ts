/**
 * `npm test`: everything. The quick groups all run first; when one of them failed the tests wait until it is mended, unless
 * `--keep-going` asks for the whole picture. The last line is `N passed, N failed`: tests, and every other group as one.
 */
import { parseArgs } from 'node:util'
import { findBrowser } from './browser.ts'
import { build } from './build.ts'
import { finish, runAll, script, step, tests } from './groups.ts'

const { values } = parseArgs({ options: { 'keep-going': { type: 'boolean', default: false } } })
const root = process.cwd()

const first = [step('build', () => build(root)), step('browser', () => findBrowser())]
/** Each needs what was built, none another. */
const quick = [
  script('type check', 'typecheck'),
  script('budgets', 'size'),
  script('lint', 'lint'),
  script('content check', 'check:content'),
  script('spelling', 'spelling'),
]
const long = tests('tests', [])

const sum = await runAll(quick, await runAll(first), 2)
if (sum.failed === 0 || values['keep-going']) await runAll([long], sum)
else console.log(`Not run until this is mended: ${long.name}. To run them all the same: npm test -- --keep-going`)
finish(sum)
