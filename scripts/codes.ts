/** `npm run codes`: gives every new step, choice and service its short code. Nothing that has one is touched. */
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extendCodes, missingCodes } from '../guide/check/codes.ts'
import { readContent } from './content/read.ts'

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const draw = (length: number): string => Array.from({ length }, () => BASE_62[randomInt(BASE_62.length)]).join('')

const root = join(import.meta.dirname, '..')
const content = readContent(root)
const missing = missingCodes(content)
writeFileSync(join(root, 'guide/content/codes.json'), `${JSON.stringify(extendCodes(content, draw), null, 2)}\n`)
console.log(`new codes: ${missing.steps.length} steps, ${missing.choices.length} choices, ${missing.services.length} services`)
