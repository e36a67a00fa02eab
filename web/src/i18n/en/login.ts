import type { Translation } from '../shape'
import type { login as swedish } from '../sv/login'

export const login: Translation<typeof swedish> = {
  title: 'Log in',
  text: 'Video visits for health care staff.',
  withSiths: 'Log in with SITHS',
  help: 'You need your SITHS card or SITHS eID on your phone. Are you a patient? Use the link in your text message or e-mail.',
  loggedOut: 'You are logged out.',
  chooseTitle: 'Choose your commission',
  chooseText:
    '{{name}}, choose the commission you are working on now. You can switch later without logging in again.',
  currentCommission: 'You are working here now',
  again: 'Log in again',
  sessionEnded: 'Your session has ended. Log in again and you return to where you were.',
}
