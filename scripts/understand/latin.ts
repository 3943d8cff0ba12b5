/** Cyrillic as people type it with Latin letters: several habits, one of them a text. */

const COMMON: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'ye', ё: 'yo', э: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'y', ы: 'y',
  к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch',
  ю: 'yu', я: 'ya', ь: '', ъ: '', ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', ҳ: 'h', ҷ: 'j', ӣ: 'i', ӯ: 'u', ў: 'o',
}
const HABITS: Record<string, string>[] = [
  {},
  { х: 'kh', г: 'h', и: 'y', є: 'ie', ю: 'iu', я: 'ia', й: 'i', щ: 'shch' },
  { х: 'x', ц: 'c', ч: 'ch', ю: 'ju', я: 'ja', є: 'je', й: 'j', ы: 'i' },
]

export function romanise(text: string, roll: () => number): string {
  const habit = { ...COMMON, ...HABITS[Math.floor(roll() * HABITS.length)] }
  return text.toLowerCase().replace(/[Ѐ-ӿ]/g, (letter) => habit[letter] ?? letter)
}
