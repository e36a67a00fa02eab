import type { Translation } from '../shape'
import type { chat as swedish } from '../sv/chat'

export const chat: Translation<typeof swedish> = {
  title: 'Chat',
  empty: 'Nothing written yet.',
  closed: 'The chat is closed.',
  me: 'You',
  send: 'Send',
  discard: 'Remove',
  state: {
    sending: 'Sending',
    waiting: 'Waiting for contact, goes by itself',
    refused: 'Could not be sent',
  },
}
