/** `npm run check`: the quick part of `npm test`, run before each commit. */

import { fresh } from './build/fresh.ts'
import { build } from './build.ts'
import { finish, runAll, script, step, tests } from './groups.ts'

const root = process.cwd()

const first = step('build', async () => {
  if (!fresh(root)) await build(root)
})
/** Each needs what was built, none another. */
const quick = [
  script('type check', 'typecheck'),
  script('lint', 'lint'),
  script('unused code', 'unused'),
  script('content check', 'check:content'),
]
const unit = tests('unit tests', ['--project', 'unit'], { QUICK: '1' })

finish(await runAll([unit], await runAll(quick, await runAll([first]), 2)))
