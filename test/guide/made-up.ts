/** A made-up directory for tests: services with the fewest fields, and words that name themselves. */
import type { Directory, House, Service, Words } from '../../guide/guide.ts'

export const NOW = new Date('2026-11-22T10:00:00Z')

export const service = (id: string, parts: Partial<Service> = {}): Service => ({
  id,
  code: 1,
  name: `name of ${id}`,
  kind: 'counselling',
  needs: ['psychological'],
  leadsTo: [],
  areas: ['UA'],
  phones: [{ number: '+380501112233', note: null }],
  channels: [],
  hours: null,
  serves: [],
  offers: [],
  languages: null,
  free: null,
  anonymous: null,
  write: null,
  tellsPolice: null,
  address: null,
  via: [],
  cautions: [],
  never: [],
  vouched: true,
  sourceOn: '2025-05-01',
  readOn: '2026-11-22',
  confirmedOn: null,
  ...parts,
})

export const directory = (services: Service[]): Directory => ({ country: 'UA', services, oblasts: [{ code: 'UA18', name: 'Житомирська' }] })

export const house = (defaultLines: string[] = []): House => ({
  name: 'House',
  neutralName: 'Path',
  site: [],
  bot: [],
  exits: [],
  defaultLines,
})

export const words = (ui: Record<string, string> = {}): Words => ({
  language: 'uk',
  steps: {},
  choices: {},
  ui,
  needs: {},
  kinds: {},
  serves: {},
  offers: {},
  cautions: {},
  cards: {},
  care: {},
})

export const ALWAYS = {
  open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, from: '00:00', to: '24:00' }].map((span) => ({
    ...span,
    days: [...span.days],
  })),
}
export const NEVER_OPEN = { open: [] }
