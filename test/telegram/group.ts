/** A group that people add the bot to and kick it from. */
import type { Chat, Update, User } from 'grammy/types'
import type { Delivered, Delivery } from './delivery.ts'
import type { Room, World } from './world.ts'

export class Group {
  room: Room
  #world: World
  #delivery: Delivery

  constructor(world: World, delivery: Delivery, options: { id: number; title?: string; super?: boolean }) {
    const { id, title = 'Family' } = options
    if (id >= 0) throw new Error('the id of a group is negative')
    const chat: Chat = { id, title, type: options.super ? 'supergroup' : 'group' }
    this.#world = world
    this.#delivery = delivery
    this.room = world.rooms.get(id) ?? { chat, bot: 'new', messages: new Map() }
    world.rooms.set(id, this.room)
  }

  addsBot = (by: { user: User }): Promise<Delivered> => this.#turns('member', by.user)
  kicksBot = (by: { user: User }): Promise<Delivered> => this.#turns('kicked', by.user)

  #turns(to: 'member' | 'kicked', from: User): Promise<Delivered> {
    const { me, clock } = this.#world
    const member = (bot: Room['bot']) => {
      if (bot === 'member') return { user: me, status: 'member' }
      return bot === 'kicked' ? { user: me, status: 'kicked', until_date: 0 } : { user: me, status: 'left' }
    }
    const [old_chat_member, new_chat_member] = [member(this.room.bot), member(to)]
    this.room.bot = to
    const change = { chat: this.room.chat, from, date: clock.seconds(), old_chat_member, new_chat_member }
    return this.#delivery.deliver({ update_id: this.#world.updateId(), my_chat_member: change } as Update)
  }
}
