import type { Translation } from '../shape'
import type { sessions as swedish } from '../sv/sessions'

export const sessions: Translation<typeof swedish> = {
  title: 'My logins',
  text: 'This is where you are logged in right now. If you do not recognise a login, end it.',
  here: 'This login',
  device: '{{browser}} on {{system}}',
  unknownDevice: 'Unknown browser',
  times: 'Logged in {{started}}, last used {{used}}',
  end: 'End',
  endNamed: 'End the login in {{device}}',
  endAll: 'End all others',
  onlyHere: 'You are not logged in anywhere else.',
  ended_one: 'The login has ended.',
  ended_other: '{{count}} logins have ended.',
}
