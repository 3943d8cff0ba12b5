/** The word that leaves, typed in any language a visitor may reach for first. */

const STOP_WORDS = new Set([
  'stop',
  'exit',
  'quit',
  'стоп',
  'стій',
  'стой',
  'вийти',
  'вихід',
  'выйти',
  'выход',
  'тоқта',
  'тоқтату',
  'шығу',
  'шық',
  'токта',
  'токтотуу',
  'чыгуу',
  "to'xta",
  'тохта',
  'toxta',
  'chiqish',
  'чиқиш',
  'ист',
  'баромадан',
  'баромад',
  'bes',
  'togtat',
  'çykmak',
  'çyk',
  'cykmak',
  'cyk',
])

export const isStop = (typed: string): boolean =>
  STOP_WORDS.has(
    typed
      .trim()
      .toLowerCase()
      .replace(/[.!/]+/g, '')
      .replace(/[‘’ʻʼ`]/g, "'"),
  )
