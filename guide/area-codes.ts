/** What the code of an area says by itself, without any table. Its names are `places-shown.ts`. */

/** What a code lies in, nearest first, the country last: UA1804019 → UA1804, UA18, UA. By the code alone; `[]` for a country or anything else. */
export function ancestors(code: string): string[] {
  if (/^UA\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?$/.test(code)) {
    return [9, 6, 4, 2].filter((length) => length < code.length).map((length) => code.slice(0, length))
  }
  const region = /^([A-Z]{2})-[A-Z0-9]{1,3}$/.exec(code)
  if (region?.[1]) return [region[1]]
  const district = /^([a-z]{2})\.(\w+)\.\w+$/.exec(code)
  if (district?.[1] && district[2]) return [`${district[1].toUpperCase()}-${district[2].toUpperCase()}`, district[1].toUpperCase()]
  return []
}
