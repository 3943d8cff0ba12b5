/** The web app's third part: reads what somebody writes in her own words, on her device. Loaded, with the words it knows, when the field is first used. */
import { type Model, openModel, understand } from '../../guide/understand/understand.ts'

export type Reader = { openModel(packed: string): Model; understand: typeof understand }

const reader: Reader = { openModel, understand }

document.dispatchEvent(new CustomEvent('understand', { detail: reader }))
