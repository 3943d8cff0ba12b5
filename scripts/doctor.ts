/** `npm run doctor [-- https://example.org]`: is the running service as it should be? One line each, with what to do. Exit 1 on a fault. */
import { examine, NobodyThere } from './doctor/examine.ts'

const LOCAL = 'http://localhost:8787'

/** @returns whether all is well */
export async function doctor(address: string): Promise<boolean> {
  const base = URL.canParse(address) ? new URL(address) : null
  if (base === null || !/^https?:$/.test(base.protocol)) {
    console.error(`"${address}" is not an address. Give one such as https://example.org`)
    return false
  }
  try {
    const lines = await examine(base)
    for (const { what, remedy } of lines) console.log(remedy === null ? `✓ ${what}` : `✗ ${what}\n    → ${remedy}`)
    const faults = lines.filter(({ remedy }) => remedy !== null).length
    console.log(faults === 0 ? `\n${base.origin} is as it should be.` : `\n${base.origin}: ${faults} of ${lines.length} lines need work.`)
    return faults === 0
  } catch (error) {
    if (!(error instanceof NobodyThere)) throw error
    console.error(`✗ Nothing answers at ${base.origin} (${error.message}).`)
    console.error(
      base.href === new URL(LOCAL).href
        ? '    → start it first, in another window: npm start'
        : '    → check the address and your network connection, then run this again',
    )
    return false
  }
}

if (import.meta.main && !(await doctor(process.argv[2] ?? LOCAL))) process.exitCode = 1
