/** Every country and language of the organisation, compiled. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Codes } from '../../guide/content.ts'
import type { Directory, Guide, House, Words } from '../../guide/guide.ts'
import type { Organisation } from '../../schema/content.ts'
import { type Country, type Language, SPOKEN } from '../../schema/terms.ts'
import { netFile } from '../understand/load.ts'
import { compileDirectory, compileGuide, compileHouse, compileTalk, compileWords } from './compile.ts'
import { readOrganisation } from './organisation.ts'
import { packPlaces } from './places.ts'
import { readContent } from './read.ts'

export type CompiledCountry = {
  code: Country
  guide: Guide
  places: string
  /** What reads somebody's own words there: on a phone, and for the bot and the plain pages. */
  model: string
  edgeModel: string
  /** What reads words in their order beside it, where there are many phrases. */
  net: string | null
  languages: { language: Language; words: Words; directory: Directory; talk: Record<string, string> }[]
}

/** `english`: what reads English, in every country: on a phone, and at the edge. */
export type Compiled = {
  organisation: Organisation
  codes: Codes
  houses: Record<string, House>
  countries: CompiledCountry[]
  english: string
  edgeEnglish: string
}

/**
 * @param local  a build that is not for production has a desk of this machine, whatever the organisation has
 * @throws ContentError when a content file or `organisation.toml` cannot be read
 */
export async function compileAll(root: string, { local = true } = {}): Promise<Compiled> {
  const organisation = readOrganisation(root)
  const desk = local || (organisation.talk?.roots.length ?? 0) > 0
  const content = readContent(root)
  const countries = await Promise.all(
    (organisation.countries as Country[]).map(
      async (code): Promise<CompiledCountry> => ({
        code,
        guide: compileGuide(content, code, { ...organisation, desk }),
        places: packPlaces(content.areas, content.settlements, content.aliases, code),
        model: readFileSync(join(root, `guide/understand/models/${code}.txt`), 'utf8'),
        edgeModel: readFileSync(join(root, `guide/understand/models/edge/${code}.txt`), 'utf8'),
        net: readNet(root, code),
        languages: await Promise.all(
          SPOKEN[code]
            .filter((language) => organisation.languages.includes(language))
            .map(async (language: Language) => ({
              language,
              words: await compileWords(content, code, language),
              directory: compileDirectory(content, code, language),
              talk: compileTalk(content, code, language),
            })),
        ),
      }),
    ),
  )
  return {
    organisation,
    codes: content.codes,
    houses: Object.fromEntries(countries.map(({ code }) => [code, compileHouse(organisation, code)])),
    countries,
    english: readFileSync(join(root, 'guide/understand/models/EN.txt'), 'utf8'),
    edgeEnglish: readFileSync(join(root, 'guide/understand/models/edge/EN.txt'), 'utf8'),
  }
}

function readNet(root: string, country: Country): string | null {
  const file = netFile(root, country)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
