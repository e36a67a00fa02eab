import type { Translation } from '../shape'
import type { status as swedish, form as swedishForm, kind as swedishKind } from '../sv/status'

export const status: Translation<typeof swedish> = {
  bokat: 'Booked',
  mottaget: 'Received',
  pagaende: 'Ongoing',
  avslutat: 'Ended',
  avbokat: 'Cancelled',
  uteblivet: 'No-show',
}

export const kind: Translation<typeof swedishKind> = {
  adult: 'Adult',
  child: 'Child under 13',
  youth: 'Child 13+',
}

export const form: Translation<typeof swedishForm> = {
  individual: 'Patient visit',
  team: 'Team visit',
  group: 'Group visit',
  relative: "Relative's conversation",
}
