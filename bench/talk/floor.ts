/** The floor: an object that gives every frame back, and does nothing else. As far as from desk to visitor: to the object, and from it. */
import { DurableObject } from 'cloudflare:workers'

type FloorEnv = { ECHOES: DurableObjectNamespace<Echo> }

export class Echo extends DurableObject<FloorEnv> {
  override fetch(): Response {
    const { 0: theirs, 1: ours } = new WebSocketPair()
    this.ctx.acceptWebSocket(ours)
    return new Response(null, { status: 101, webSocket: theirs })
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    socket.send(message)
  }
}

/** One object a path, as there is one a talk. */
export default {
  fetch: (request, env) => env.ECHOES.getByName(new URL(request.url).pathname).fetch(request),
} satisfies ExportedHandler<FloorEnv>
