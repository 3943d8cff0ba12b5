/**
 * Months of the languages that browsers and Workers bring no data for: asked for Kazakh they would answer in whatever language the phone is
 * set to. They travel with the words of the interface. Source: Unicode CLDR (as Node 24 carries it), month names and the pattern `yMMMM`.
 */
import type { Language } from '../../schema/terms.ts'

export const TONGUES: Partial<Record<Language, { months: string; monthYear: string }>> = {
  kk: {
    months: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан',
    monthYear: '{{year}} ж. {{month}}',
  },
  ky: {
    months: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
    monthYear: '{{year}}-ж., {{month}}',
  },
  uz: {
    months: 'yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr',
    monthYear: '{{month}}, {{year}}',
  },
  'uz-cyrl': {
    months: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
    monthYear: '{{month}}, {{year}}',
  },
  tg: {
    months: 'январ феврал март апрел май июн июл август сентябр октябр ноябр декабр',
    monthYear: '{{month}} {{year}}',
  },
  tk: {
    months: 'ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr',
    monthYear: '{{month}} {{year}}',
  },
}
