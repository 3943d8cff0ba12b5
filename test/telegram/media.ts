/** Attachments as the Bot API describes them; the files behind the ids do not exist. */
import type { PhotoSize, Sticker, Voice } from 'grammy/types'

const file = (name: string, size: number) => ({ file_id: `AgAD-${name}`, file_unique_id: `u-${name}`, file_size: size })

export const photo = (): PhotoSize[] => [
  { ...file('photo-small', 1200), width: 90, height: 67 },
  { ...file('photo-large', 98_000), width: 1280, height: 960 },
]
export const voice = (duration: number): Voice => ({ ...file('voice', duration * 4000), duration, mime_type: 'audio/ogg' })
export const sticker = (emoji: string): Sticker => ({
  ...file('sticker', 20_000),
  type: 'regular',
  width: 512,
  height: 512,
  is_animated: false,
  is_video: false,
  emoji,
})
