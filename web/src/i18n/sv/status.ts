/** A visit's states (S1), and its kinds and forms (B1). */
export const status = {
  bokat: 'Bokat',
  mottaget: 'Mottaget',
  pagaende: 'Pågående',
  avslutat: 'Avslutat',
  avbokat: 'Avbokat',
  uteblivet: 'Uteblivet',
} as const

export const kind = {
  adult: 'Vuxen',
  child: 'Barn under 13',
  youth: 'Barn 13+',
} as const

export const form = {
  individual: 'Patientbesök',
  team: 'Teambesök',
  group: 'Gruppbesök',
  relative: 'Anhörigsamtal',
} as const
