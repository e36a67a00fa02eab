import { t } from '../../i18n'

/** Whom a search is for: the visit's patient, one more of a group, or a relative without the patient (B7, B8). */
export type Sought = 'patient' | 'member' | 'relative'

/** What the search calls them. A group's patients are patients; a relative is a person. */
export function soughtWords(sought: Sought) {
  if (sought !== 'relative') {
    return {
      number: t(sought === 'member' ? 'patients.nextNumber' : 'patients.number'),
      help: t('patients.numberHelp'),
      found: t('patients.found'),
      missing: (number: string) => t('patients.missing', { number }),
      create: t('patients.create'),
      newPerson: t('patients.newPatient'),
      created: t('patients.created'),
    }
  }
  return {
    number: t('patients.relative.number'),
    help: t('patients.relative.numberHelp'),
    found: t('patients.relative.found'),
    missing: (number: string) => t('patients.relative.missing', { number }),
    create: t('patients.relative.create'),
    newPerson: t('patients.relative.newPerson'),
    created: t('patients.relative.created'),
  }
}
