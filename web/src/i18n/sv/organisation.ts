export const organisation = {
  title: 'Organisation',
  units_one: '{{count}} enhet',
  units_other: '{{count}} enheter',
  staff_one: '{{count}} medarbetare',
  staff_other: '{{count}} medarbetare',
  name: 'Namn',
  job: 'Titel',
  unit: 'Enhet',
  roles: 'Roller',
  role: {
    clinician: 'Vårdpersonal',
    admin: 'Administratör',
    support: 'Support',
  },
} as const
