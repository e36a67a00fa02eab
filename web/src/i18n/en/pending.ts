import type { Translation } from '../shape'
import type { pending as swedish } from '../sv/pending'

export const pending: Translation<typeof swedish> = {
  title: 'Waiting for patient details',
  showAll: 'Show all {{number}}',
  missing: {
    unknown_patient: 'The patient is not here yet',
    contact: 'The patient has no mobile number',
    ombud: 'Nobody is chosen to act for the child',
    not_bookable: 'The patient cannot have a video visit',
  },
  action: {
    unknown_patient: 'Create patient',
    contact: 'Add number',
    ombud: 'Choose who acts',
    not_bookable: 'See why',
  },
  complete: 'Complete the booking',
  toStart: 'To the start page',
  help: {
    unknown_patient:
      'The booking came from the booking system, and the patient is not here yet. Fetch the details from the population register and create the patient; the invitation is then sent.',
    contact: 'The patient has no mobile number. Add it, and the invitation is sent.',
    ombud: 'A guardian acts for the child and gets the link. Choose which of them.',
    not_bookable:
      'A video visit cannot be booked for the patient. Change or cancel the time in the booking system.',
  },
  fetch: 'Fetch details',
  ready: 'All that is needed is here. Nothing has been sent yet.',
  send: 'Create the visit and send the invitation',
  done: 'The booking is complete. The invitation is on its way.',
  gone: 'The booking waits no longer: it is complete, or changed in the booking system.',
}
