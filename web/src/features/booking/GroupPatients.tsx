import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { useNextStepVariant } from '../../ui/next-step'
import { PatientFinder } from '../patients/PatientFinder'
import { useSession } from '../staff-shell/session'
import type { Draft } from './draft'
import { GroupMemberRow } from './GroupMemberRow'
import { faultsOf, LEAST_PATIENTS, MOST_PATIENTS } from './group'
import { kindOn } from './kind'
import type { PatientStepProps } from './PatientStep'
import { countedDay } from './request'
import { goTo } from './steps'
import { WizardActions } from './WizardActions'

type Patient = Shape<'PatientView'>

/** A group's 2 to 20 patients, added one after the other, and what the others shall call each (B8). */
export function GroupPatients({ draft, group, onChange, searchFirst }: PatientStepProps) {
  const { child_age_limit: age } = useSession()
  const list = useRef<HTMLElement>(null)
  const adding = useAdding(draft, group.put, onChange, age)
  const [asked, setAsked] = useState(false)
  const variant = useNextStepVariant()
  const members = draft.group
  const faults = faultsOf(members, group.patients, countedDay(draft, Date.now()), age)
  const tooFew = members.length < LEAST_PATIENTS
  const next = () => {
    setAsked(true)
    if (!tooFew && faults.every((fault) => fault === null)) return goTo('tid')
    const at = tooFew ? '.finder__number input' : '[data-fault] input, [data-fault] button'
    list.current?.parentElement?.querySelector<HTMLElement>(at)?.focus()
  }
  const change = (patientId: string, displayName: string) =>
    onChange({
      group: members.map((each) => (each.patientId === patientId ? { patientId, displayName } : each)),
    })
  const said = (patientId: string) => group.patients.get(patientId)
  return (
    <>
      <section ref={list} class="group" aria-labelledby="group-title">
        <h3 id="group-title" class="step-form__title">
          {t('booking.group.title')}{' '}
          <span class="quiet numbers">
            {t('booking.group.count', { count: members.length, most: MOST_PATIENTS })}
          </span>
        </h3>
        <p class="quiet">
          {members.length === 0
            ? t('booking.group.none', { least: LEAST_PATIENTS })
            : t('booking.group.help')}
        </p>
        {group.problem !== null && <ErrorCard problem={group.problem} onRetry={group.reload} />}
        {members.length > 0 && (
          <ol class="group__list">
            {members.map((member, place) => (
              <GroupMemberRow
                key={member.patientId}
                member={member}
                place={place}
                patient={said(member.patientId) ?? null}
                fault={faults[place] ?? null}
                language={draft.languages[member.patientId] ?? 'sv'}
                onName={(name) => change(member.patientId, name)}
                onLanguage={(language) =>
                  onChange({ languages: { ...draft.languages, [member.patientId]: language } })
                }
                onPatient={group.put}
                onRemove={() => adding.remove(member.patientId, said(member.patientId))}
              />
            ))}
          </ol>
        )}
      </section>
      {members.length < MOST_PATIENTS ? (
        <PatientFinder
          key={adding.round}
          onPatient={adding.add}
          asked={adding.newer}
          sought="member"
          quiet={!tooFew}
          focused={searchFirst || adding.round > 0}
        />
      ) : (
        <p>{t('booking.group.full', { most: MOST_PATIENTS })}</p>
      )}
      <p class="group__said" role="status" data-refused={adding.refused || undefined}>
        {adding.said}
      </p>
      {adding.newerOffered !== null && (
        <Button variant="secondary" onClick={adding.takeNewer}>
          {t('patients.useNewIdentity')}
        </Button>
      )}
      {asked && (tooFew || faults.some((fault) => fault !== null)) && (
        <p class="ds-validation-message" role="alert">
          {tooFew ? t('booking.group.tooFew', { least: LEAST_PATIENTS }) : t('booking.group.correct')}
        </p>
      )}
      <WizardActions>
        <Button variant={tooFew ? 'secondary' : variant} onClick={next}>
          {t('booking.next')}
        </Button>
      </WizardActions>
    </>
  )
}

/** One patient after the other: who may be in the group is put in at once, and the search is empty for the next. */
function useAdding(
  draft: Draft,
  put: (patient: Patient) => void,
  onChange: (changes: Partial<Draft>) => void,
  childAgeLimit: number,
) {
  const [round, setRound] = useState(0)
  const [news, setNews] = useState({ said: '', refused: false })
  const [newer, setNewer] = useState<string | null>(null)
  const [newerOffered, setNewerOffered] = useState<string | null>(null)
  const say = (said: string, refused = false) => setNews({ said, refused })

  const add = (patient: Patient | null) => {
    setNewerOffered(null)
    if (patient === null) return say('')
    const name = `${patient.given_name} ${patient.family_name}`
    if (draft.group.some((each) => each.patientId === patient.patient_id)) {
      return say(t('booking.group.already', { name }), true)
    }
    if (patient.problem !== null) {
      setNewerOffered(patient.referred_to)
      return say(t(`problems.${patient.problem}`), true)
    }
    const kind = kindOn(patient.birth_date, countedDay(draft, Date.now()), childAgeLimit)
    if (kind === 'child') {
      return say(t('booking.group.fault.child', { age: childAgeLimit }), true)
    }
    put(patient)
    onChange({ group: [...draft.group, { patientId: patient.patient_id, displayName: '' }] })
    setNewer(null)
    setRound((before) => before + 1)
    say(t('booking.group.added', { name, count: draft.group.length + 1 }))
  }
  const remove = (patientId: string, patient: Patient | undefined) => {
    onChange({ group: draft.group.filter((each) => each.patientId !== patientId) })
    const name = patient === undefined ? '' : `${patient.given_name} ${patient.family_name}`
    say(t('booking.group.removed', { name }))
    setRound((before) => before + 1)
  }
  const takeNewer = () => {
    setNewer(newerOffered)
    setNewerOffered(null)
  }
  return { round, ...news, newer, newerOffered, takeNewer, add, remove }
}
