/** The one thing asked of Firefox' older driver: to end as when a person closes its window, tabs and all. The newer one closes every tab first. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'

/** @param profile  where Firefox wrote the port it listens on */
export async function closeWindow(profile: string): Promise<void> {
  const socket = connect(Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')), '127.0.0.1')
  // It may be gone before it answers.
  socket.on('error', () => {})
  await once(socket, 'data')
  for (const [id, command, given] of [
    [1, 'WebDriver:NewSession', {}],
    [2, 'Marionette:Quit', { flags: ['eAttemptQuit'] }],
  ] as const) {
    const said = JSON.stringify([0, id, command, given])
    socket.write(`${Buffer.byteLength(said)}:${said}`)
    await Promise.race([once(socket, 'data'), once(socket, 'close')])
  }
  socket.destroy()
}
