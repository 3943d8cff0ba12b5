/** How a number is written for people. The number that is dialled stays as the record has it. */
import type { Phone } from './guide.ts'

/** As its record says, else as Ukraine's numbers are written. */
export const phoneText = ({ number, display }: Omit<Phone, 'note'>): string => display ?? written(number)

/** Spoken in groups, as the lines themselves print them: `15-47`, `116 123`, `0 800 500 335`, `+380 50 626 13 79`. */
export function written(number: string): string {
  const free = /^\+380(800)(\d{3})(\d{3})$/.exec(number)
  if (free) return `0 ${free.slice(1).join(' ')}`
  const full = /^\+(380)(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(number)
  if (full) return `+${full.slice(1).join(' ')}`
  if (/^116\d{3}$/.test(number)) return `${number.slice(0, 3)} ${number.slice(3)}`
  if (/^15\d{2}$/.test(number)) return `${number.slice(0, 2)}-${number.slice(2)}`
  return number
}
