import type { Translation } from '../shape'
import type { organisation as swedish } from '../sv/organisation'

export const organisation: Translation<typeof swedish> = {
  title: 'Organisation',
  units_one: '{{count}} unit',
  units_other: '{{count}} units',
  staff_one: '{{count}} member of staff',
  staff_other: '{{count}} members of staff',
  name: 'Name',
  job: 'Title',
  unit: 'Unit',
  roles: 'Roles',
  role: {
    clinician: 'Clinician',
    admin: 'Administrator',
    support: 'Support',
  },
}
