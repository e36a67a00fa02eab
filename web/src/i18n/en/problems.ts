import type { Translation } from '../shape'
import type { problems as swedish } from '../sv/problems'

export const problems: Translation<typeof swedish> = {
  unknown: 'Something went wrong. Nothing was changed. Try again.',
  offline: 'No contact with the server. Nothing was changed. Check the network and try again.',
  timeout: 'The server did not answer in time. Try again.',
  server_error: 'The server could not answer just now. Try again in a moment.',
}
