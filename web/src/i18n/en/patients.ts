import type { Translation } from '../shape'
import type { patients as swedish } from '../sv/patients'

export const patients: Translation<typeof swedish> = {
  title: 'Find patient',
  number: 'Personal identity number',
  numberHelp: 'The whole number, 10 or 12 digits. Press Enter.',
  search: 'Search',
  fault: {
    incomplete: 'Write the whole number, 10 or 12 digits.',
    form: 'This is not a personal identity, coordination or reserve number.',
    checkDigit: 'The check digit is wrong. Check the number.',
  },
  found: 'The patient exists',
  missing: 'No such patient: {{number}}',
  create: 'Create patient',
  newPatient: 'New patient',
  created: 'The patient is created',
  kept: 'What you have written is still here.',
  name: 'Name',
  fromRegister: 'From the population register {{time}}. The name cannot be changed here.',
  phone: 'Mobile number',
  phoneHelp: 'Invitation and reminders are sent here.',
  email: 'E-mail',
  optional: 'optional',
  noEmail: 'None',
  changeContacts: 'Change contact details',
  save: 'Save',
  book: 'Book visit',
}
