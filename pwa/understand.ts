/**
 * Reads what somebody writes in her own words, on this very device. A script of its own, loaded with the words it knows: by the web app when the
 * field is first used, by the desk when a shift begins.
 */
import { isEnglish, type Model, openModel, understand } from '../guide/understand/understand.ts'

export type Reader = { openModel(packed: string): Model; understand: typeof understand; isEnglish: typeof isEnglish }

const reader: Reader = { openModel, understand, isEnglish }

document.dispatchEvent(new CustomEvent('understand', { detail: reader }))
