/** Which needs of a service each topic asks for, nearest first; a topic about reading only asks for none. */
import type { Need, Topic } from '../../schema/terms.ts'

export const NEEDS_OF: Record<Topic, readonly Need[]> = {
  'danger-now': ['emergency', 'police', 'hotline'],
  suicide: ['emergency', 'psychological', 'hotline'],
  'domestic-violence': ['hotline', 'psychological', 'mobile-brigade'],
  'sexual-violence': ['medical', 'psychological', 'hotline'],
  crsv: ['crsv', 'medical', 'psychological'],
  trafficking: ['trafficking'],
  'digital-safety': [],
  stalking: ['police', 'hotline'],
  'safety-plan': ['hotline'],
  shelter: ['shelter'],
  police: ['police'],
  'restraining-order': ['legal', 'police'],
  'legal-aid': ['legal'],
  'family-law': ['legal'],
  children: ['child-protection'],
  teens: ['child-protection', 'psychological'],
  'helping-someone': ['hotline'],
  'mental-health': ['psychological'],
  medical: ['medical'],
  evidence: ['legal'],
  money: ['material'],
  displaced: ['idp'],
  documents: ['legal'],
  occupied: [],
  military: ['psychological', 'legal'],
  workplace: ['legal'],
  'older-people': ['hotline', 'legal'],
  disability: ['hotline', 'legal'],
  men: ['hotline', 'psychological'],
  lgbt: ['psychological', 'legal'],
  abroad: ['hotline'],
  services: ['coordination', 'contact-person'],
  counsellor: ['hotline', 'psychological'],
  privacy: [],
  perpetrator: ['psychological'],
}

/** Needs of the topics in their order, each once. */
export const needsOf = (topics: readonly Topic[]): Need[] => [...new Set(topics.flatMap((topic) => NEEDS_OF[topic]))]
