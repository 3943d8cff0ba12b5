/** `npm run size [-- --json]`: what a phone has to fetch, against its budget. Exit 1 when anything is over. */
import { parseArgs } from 'node:util'
import { fresh } from './build/fresh.ts'
import { build } from './build.ts'
import { ContentError } from './content/read.ts'
import { fileSizes } from './size/files.ts'
import { firstView } from './size/first-view.ts'

function options(): { json: boolean } {
  try {
    return parseArgs({ options: { json: { type: 'boolean', default: false } } }).values
  } catch {
    console.error('This knows one option: npm run size -- --json')
    process.exit(2)
  }
}

const values = options()
const root = process.cwd()

try {
  if (!fresh(root)) await build(root)
  const sizes = [await firstView(root), ...(await fileSizes(root))]
  if (values.json) console.log(JSON.stringify(sizes))
  else
    for (const { name, bytes, budget } of sizes)
      console.log(
        `${bytes <= budget ? '✓' : '✗'} ${name.padEnd(18)} ${String(bytes).padStart(7)} of ${String(budget).padStart(7)} bytes  ${((100 * bytes) / budget).toFixed(0).padStart(3)} %${bytes <= budget ? '' : `  ${bytes - budget} too many`}`,
      )
  if (sizes.some(({ bytes, budget }) => bytes > budget)) process.exitCode = 1
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
