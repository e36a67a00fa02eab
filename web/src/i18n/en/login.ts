import type { Translation } from '../shape'
import type { login as swedish } from '../sv/login'

export const login: Translation<typeof swedish> = {
  title: 'Log in',
  text: 'Video visits for health care staff.',
  withSiths: 'Log in with SITHS',
  help: 'You need your SITHS card or SITHS eID on your phone. Are you a patient? Use the link in your text message or e-mail.',
  loggedOut: 'You are logged out.',
  sessionEnded: 'Your session has ended. Log in again and you return to where you were.',
}
