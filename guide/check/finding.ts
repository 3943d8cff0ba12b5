/** One fault of the content, said so that whoever edits the file can mend it. */
export type Level = 'error' | 'warning'

export type Finding = {
  rule: string
  level: Level
  /** Path from the repository's root. */
  file: string
  step: string | null
  message: string
  remedy: string
}

type Where = { file: string; step?: string | null }

const finding =
  (level: Level) =>
  (rule: string, { file, step = null }: Where, message: string, remedy: string): Finding => ({ rule, level, file, step, message, remedy })

/** The content must not go out like this. */
export const fault = finding('error')

/** Somebody should look; it may go out. */
export const warning = finding('warning')
