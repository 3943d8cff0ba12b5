/** How two more readers heard danger in the same lines, without sight of the first labels: what careful reading of the words alone reaches. */
import { readFileSync } from 'node:fs'
import type { Line } from '../../scripts/understand/held-out.ts'
import { type Share, shareOf } from './score.ts'

export type Reader = { crisisRecall: Share; falseAlarms: Share }

/**
 * @param file  beside this one; its columns: the line of the file of held-out lines, the one that names the columns being the first; then a label by each reader
 * @param all  every line of that file, in order
 * @param isCounted  which of them
 */
export function readers(file: string, all: readonly Line[], isCounted: (line: Line) => boolean): Record<string, Reader> {
  const [head = '', ...rows] = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const [, ...names] = head.split('\t')
  const read = rows.flatMap((row) => {
    const [at, ...labels] = row.split('\t')
    const line = all[Number(at) - 2]
    return line !== undefined && isCounted(line) ? [{ line, labels }] : []
  })
  const cries = read.filter(({ line }) => line.crisis !== 'none')
  const calm = read.filter(({ line }) => line.crisis === 'none')
  return Object.fromEntries(
    names.map((name, nth) => {
      const heard = (some: typeof read): Share => shareOf(some.filter(({ labels }) => labels[nth] !== 'none').length, some.length)
      return [name, { crisisRecall: heard(cries), falseAlarms: heard(calm) }]
    }),
  )
}
