import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'

type Entry = Shape<'AgendaEntry'>

/** Who the row is about: the patient or relative, or how many a group is. */
export function rowName(entry: Entry): string {
  return entry.form === 'group' ? t('booking.patientCount', { count: entry.patients }) : entry.patient_name
}

/** The form (B1), and the age of a child; of a usual visit the age kind alone. */
export function formWords(entry: Entry): string {
  if (entry.form === 'individual') return t(`kind.${entry.kind}`)
  const form = t(`form.${entry.form}`)
  return entry.form === 'team' && entry.kind !== 'adult' ? `${form}, ${t(`kind.${entry.kind}`)}` : form
}
