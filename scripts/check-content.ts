/** `npm run check:content [-- --today 2026-11-22]`: what is wrong with the content, then how far it reaches. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { coverage, coverageTable } from '../guide/check/coverage.ts'
import type { PublicString } from '../guide/check/telling.ts'
import { checkContent, type Finding } from '../guide/check.ts'
import { readOrganisation } from './content/organisation.ts'
import { ContentError, readContent } from './content/read.ts'

/** The day to judge by; whoever mistypes it must not get a check that lets everything pass. */
function dayAsked(): string {
  const now = new Date().toISOString().slice(0, 10)
  try {
    const { today } = parseArgs({ options: { today: { type: 'string', default: now } } }).values
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(today) && new Date(`${today}T00:00:00Z`).toJSON()?.slice(0, 10) === today
    if (isDay) return today
    console.error(`"${today}" is no day: write --today as ${now}.`)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message.split('. ')[0] : error}. The only option is --today ${now}.`)
  }
  process.exit(2)
}

const today = dayAsked()
const root = join(import.meta.dirname, '..')

/** What the organisation's own file puts where others may read it. */
function publicStrings(): PublicString[] {
  const { neutral_name, site, exit } = readOrganisation(root)
  const targets = Object.values(exit).flat()
  return [neutral_name, ...site, ...targets.flatMap(({ name, url }) => [name, url])].map((text) => ({ where: 'organisation.toml', text }))
}

/** Rules whose findings differ in nothing but an id: two are shown, the rest counted. */
const COUNTED = new Set(['missing-code', 'uncited-card', 'old-source'])

function print(findings: Finding[]): void {
  const byFile = Map.groupBy(findings, (finding) => finding.file)
  for (const file of [...byFile.keys()].sort()) {
    console.log(`\n${file}`)
    const byRule = Map.groupBy(byFile.get(file) ?? [], (finding) => finding.rule)
    for (const [rule, found] of byRule) {
      const shown = COUNTED.has(rule) ? found.slice(0, 2) : found
      for (const { level, step, message, remedy } of shown)
        console.log(`  ${level.padEnd(7)} ${rule}${step === null ? '' : ` [${step}]`}: ${message}\n          → ${remedy}`)
      if (found.length > shown.length) console.log(`          … and ${found.length - shown.length} more`)
    }
  }
}

try {
  const content = readContent(root)
  const findings = checkContent(content, { today, publicStrings: publicStrings() })
  print(findings)
  console.log(`\n${coverageTable(coverage(content))}`)
  const errors = findings.filter((finding) => finding.level === 'error').length
  console.log(`\n${errors} errors, ${findings.length - errors} warnings (as of ${today})`)
  if (errors > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
