/** Before any test that needs what is served: built once, by whoever runs first, and never by two at a time. */
import { resolve } from 'node:path'
import { fresh } from '../scripts/build/fresh.ts'
import { build } from '../scripts/build.ts'

const ROOT = resolve(import.meta.dirname, '..')

export default async function setup(): Promise<void> {
  if (!fresh(ROOT)) await build(ROOT)
}
