import type { Shape } from '../protocol/api'

/** Shapes of the API with sensible values, for tests. */
export const session: Shape<'StaffSession'> = {
  hsa_id: 'SE2321000115-EK',
  name: 'Karin Ek',
  given_name: 'Karin',
  org_id: 'halland',
  org_name: 'Region Halland',
  unit_id: 'hud',
  unit_name: 'Hudmottagningen',
  roles: ['clinician'],
  commission_id: 'hud-vard',
  commissions: [
    {
      commission_id: 'hud-vard',
      name: 'Läkare',
      purpose: 'Vård och behandling',
      unit_name: 'Hudmottagningen',
    },
  ],
  seconds_left: 3600,
  csrf_token: 'csrf-1',
  join_button_text: 'Gå med i videosamtal',
  child_age_limit: 13,
}

export const patient: Shape<'PatientView'> = {
  patient_id: 'pat-1',
  version: 1,
  number_masked: '1944-08-13-••••',
  given_name: 'Anna',
  family_name: 'Andersson',
  birth_date: '1944-08-13',
  age: 82,
  kind: 'adult',
  protected: false,
  protected_registration: false,
  problem: null,
  referred_to: null,
  phone: '+46701740605',
  email: null,
  guardians: [],
  guardians_withheld: false,
  fetched_at: '2026-11-22T08:00:00Z',
}

export function guardian(changes: Partial<Shape<'GuardianView'>> = {}): Shape<'GuardianView'> {
  return {
    guardian_id: 'g-erik',
    name: 'Erik Lindqvist',
    number_masked: '1990-06-02-••••',
    protected: false,
    deceased: false,
    refusal: null,
    phone: '+46701740609',
    email: null,
    ...changes,
  }
}

export const sara = guardian({ guardian_id: 'g-sara', name: 'Sara Bergström', phone: '+46701740610' })

/** Ten years old, with two guardians. */
export const child: Shape<'PatientView'> = {
  ...patient,
  patient_id: 'pat-2',
  number_masked: '2016-05-17-••••',
  given_name: 'Alva',
  family_name: 'Lindqvist',
  birth_date: '2016-05-17',
  age: 10,
  kind: 'child',
  phone: '',
  guardians: [guardian(), sara],
}

export function entry(changes: Partial<Shape<'AgendaEntry'>> = {}): Shape<'AgendaEntry'> {
  return {
    visit_id: 'v1',
    starts_at: '2026-11-22T08:30:00Z',
    ends_at: '2026-11-22T09:00:00Z',
    kind: 'adult',
    status: 'bokat',
    patient_name: 'Anna Andersson',
    protected: false,
    reason: 'Återbesök',
    waiting: [],
    received: null,
    call_running: false,
    invited: false,
    form: 'individual',
    patients: 1,
    late: null,
    external: false,
    unreached: 0,
    ...changes,
  }
}

export function agenda(entries: Shape<'AgendaEntry'>[], nextVisitAt: string | null = null): Shape<'Agenda'> {
  return { date: '2026-11-22', today: '2026-11-22', entries, next_visit_at: nextVisitAt }
}

type Told = Pick<
  Shape<'ParticipantView'>,
  'display_name' | 'language' | 'late' | 'deliveries' | 'phone' | 'email' | 'invited_again'
>

/** Of a participant who is no group's patient, is not late and was written nothing. */
export const nothingTold: Told = {
  display_name: '',
  language: 'sv',
  late: null,
  deliveries: [],
  phone: '',
  email: '',
  invited_again: null,
}

export const patientOfVisit: Shape<'PatientOfVisit'> = {
  participant_id: 'p-patient',
  display_name: '',
  patient_id: 'pat-1',
  version: 1,
  name: 'Anna Andersson',
  age: 82,
  number_masked: '1944-08-13-••••',
  phone: '+46701740605',
  email: null,
  protected: false,
  protected_registration: false,
  problem: null,
  guardians: [],
  guardians_withheld: false,
}

export function visit(changes: Partial<Shape<'VisitView'>> = {}): Shape<'VisitView'> {
  return {
    visit_id: 'v1',
    version: 1,
    kind: 'adult',
    form: 'individual',
    status: 'bokat',
    starts_at: '2026-11-22T08:30:00Z',
    ends_at: '2026-11-22T09:00:00Z',
    reason: 'Återbesök',
    unit_name: 'Hudmottagningen',
    owner: { hsa_id: session.hsa_id, name: session.name },
    patient: patientOfVisit,
    patients: [patientOfVisit],
    relations: { ombud_id: null, invited_phone: null, primary_contact_id: null },
    participants: [
      {
        participant_id: 'p-staff',
        role: 'staff',
        name: 'Karin Ek',
        presence: { state: 'invited', since: null },
        delivery: 'none',
        is_owner: true,
        guest_kind: null,
        removable: false,
        ...nothingTold,
      },
      {
        participant_id: 'p-patient',
        role: 'patient',
        name: 'Anna Andersson',
        presence: { state: 'waiting', since: '2026-11-22T08:52:00Z' },
        delivery: 'sent',
        is_owner: false,
        guest_kind: null,
        removable: false,
        ...nothingTold,
      },
    ],
    received: null,
    started_at: null,
    ended_at: null,
    call: null,
    last_call_id: null,
    me: { participant_id: 'p-staff', is_owner: true, role: 'staff' },
    actions: ['receive', 'no_show', 'chat', 'note'],
    join_button_text: 'Gå med i videosamtal',
    sequence: 0,
    rebooked: null,
    cancel_reason: '',
    cancelled_by: null,
    series_id: '',
    external: false,
    ...changes,
  }
}

export function message(id: string, text: string, sentAt = '2026-11-22T09:00:00Z'): Shape<'ChatMessageView'> {
  return {
    message_id: id,
    author_id: 'p-patient',
    author_name: 'Anna Andersson',
    author_role: 'patient',
    text,
    sent_at: sentAt,
  }
}

export const note: Shape<'NoteView'> = { text: '', version: 0, saved_at: null, saved_by: '' }

/** A booking of another system whose patient is not known here (V3). */
export function waitingBooking(changes: Partial<Shape<'PendingBooking'>> = {}): Shape<'PendingBooking'> {
  return {
    booking_id: 'b1',
    starts_at: '2026-11-23T09:00:00Z',
    ends_at: '2026-11-23T09:30:00Z',
    reason: 'Återbesök',
    missing: 'unknown_patient',
    number_masked: '1957-11-21-••••',
    patient_id: null,
    name: '',
    protected: false,
    ...changes,
  }
}
