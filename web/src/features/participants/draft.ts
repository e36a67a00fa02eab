import type { Shape } from '../../protocol/api'

export type Guest = Shape<'NewGuest'>
export type Colleague = Shape<'Colleague'>
export type ClinicianRole = 'staff' | 'colleague'

/** Someone who is to be added when it is sent. */
export type Addition =
  | { key: string; kind: 'guest'; name: string; guest: Guest }
  | { key: string; kind: 'clinician'; name: string; hsaId: string; role: ClinicianRole }

export const NO_GUEST: Guest = { name: '', phone: '', email: '', kind: 'relative' }

export function guestAddition(guest: Guest): Addition {
  return { key: crypto.randomUUID(), kind: 'guest', name: guest.name, guest }
}

export function clinicianAddition({ hsa_id, name }: Colleague, role: ClinicianRole): Addition {
  return { key: hsa_id, kind: 'clinician', name, hsaId: hsa_id, role }
}

/** `requestId` lets the server add once, however often it is sent. */
export function requestOf(requestId: string, additions: readonly Addition[]): Shape<'AddParticipants'> {
  const clinicians = additions.filter((each) => each.kind === 'clinician')
  const of = (role: ClinicianRole) =>
    clinicians.filter((each) => each.role === role).map((each) => each.hsaId)
  return {
    request_id: requestId,
    guests: additions.filter((each) => each.kind === 'guest').map((each) => each.guest),
    staff: of('staff'),
    colleagues: of('colleague'),
  }
}
