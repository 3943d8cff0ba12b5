/** One planted fault, and the finding that must name it. */
import { expect, test } from 'vitest'
import type { PublicString } from '../../../guide/check/telling.ts'
import type { Content } from '../../../guide/content.ts'
import { of, planted } from './fixture.ts'

export type Case = {
  rule: string
  says: string
  plant?: (content: Content) => void
  strings?: PublicString[]
  file: string
  step?: string | null
  level?: 'error' | 'warning'
}

export function testRules(cases: Case[]): void {
  test.each(cases)('$rule: $says', ({ rule, plant, strings, file, step = null, level = 'error' }) => {
    const found = of(planted(plant ?? (() => {}), strings), rule)
    expect(found.map((finding) => [finding.file, finding.step, finding.level])).toContainEqual([file, step, level])
    for (const finding of found) {
      expect(finding.message).not.toBe('')
      expect(finding.remedy).not.toBe('')
    }
  })
}
