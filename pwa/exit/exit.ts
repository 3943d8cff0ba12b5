/** The exit's script for plain pages: the link works without it. */
import { watchExit } from './leave.ts'

watchExit()
