/** The exit's script for plain pages: the link works without it. */
import { settleExit } from './settle.ts'
import { watchExit } from './watch.ts'

watchExit()
settleExit()
