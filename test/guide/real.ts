/** The guide and directory of this repository, compiled as the build does, for tests that must hold for every real step and service. */
import { join } from 'node:path'
import type { Codes } from '../../guide/content.ts'
import type { Directory, Guide, House, Words } from '../../guide/guide.ts'
import type { Language } from '../../schema/terms.ts'
import { compileDirectory, compileGuide, compileHouse, compileWords } from '../../scripts/content/compile.ts'
import { readOrganisation } from '../../scripts/content/organisation.ts'
import { readContent } from '../../scripts/content/read.ts'

export const ROOT = join(import.meta.dirname, '../..')

const content = readContent(ROOT)

export const realGuide: Guide = compileGuide(content, 'UA')
export const realCodes: Codes = content.codes
export const realHouse: House = compileHouse(readOrganisation(ROOT), 'UA')
export const realDirectory = (language: Language): Directory => compileDirectory(content, 'UA', language)
export const realWords = (language: Language): Promise<Words> => compileWords(content, 'UA', language)
