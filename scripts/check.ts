/** `npm run check`: the quick part of `npm test`, under a minute, run before each commit. */

import { fresh } from './build/fresh.ts'
import { build } from './build.ts'
import { finish, runAll, script, step, tests } from './groups.ts'

const root = process.cwd()

finish(
  await runAll([
    step('build', async () => {
      if (!fresh(root)) await build(root)
    }),
    script('type check', 'typecheck'),
    script('lint', 'lint'),
    script('unused code', 'unused'),
    script('content check', 'check:content'),
    tests('unit tests', ['--project', 'unit'], { QUICK: '1' }),
  ]),
)
