/** Places named in a text among other words; those that are surely a name, because capitals and cases are unreliable on a phone. */
import type { Places } from '../places.ts'

export function placesIn(_places: Places, _text: string): string[] {
  return []
}
