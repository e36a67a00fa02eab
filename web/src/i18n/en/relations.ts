import type { Translation } from '../shape'
import type { relations as swedish } from '../sv/relations'

export const relations: Translation<typeof swedish> = {
  title: 'Relations',
  details: 'Details',
  tabs: 'About the patient',
  guardians: 'Guardians',
  protectedGuardian: 'Guardian',
  deceased: 'Deceased',
  noPhone: 'No mobile number',
  changeContacts: 'Change contact details',
  changeContactsOf: 'Change contact details of {{name}}',
  saved: 'The contact details are saved',
  refusal: {
    child_protected: 'Cannot act for the child: the child has a protected identity.',
    guardian_protected: 'Cannot act for the child because of a protected identity.',
    guardian_deceased: 'Cannot act for the child.',
  },
  ombud: 'Acts for the child',
  ombudHelp: 'Gets the link and identifies with their own e-ID.',
  primaryContact: 'Primary contact',
  primaryContactHelp: 'Whom the clinic contacts first about the visit.',
  nobody: 'Nobody',
  chooseOmbud: 'Choose who acts for the child.',
  ombudNeedsPhone: 'Who acts for the child needs a mobile number. Add it above.',
  noGuardian:
    'The population register has no guardian for the child. Nobody can act for it, so a video visit cannot be booked. Book a phone call or a visit at the clinic.',
  childProtected:
    'The child has a protected identity. Nobody can act for it, so a video visit cannot be booked. Book a phone call or a visit at the clinic.',
  nobodyMayAct:
    'None of the guardians can act for the child, so a video visit cannot be booked. Book a phone call or a visit at the clinic.',
  withheld: 'The population register does not tell the guardians of a child with a protected identity.',
  inviteAsGuest: 'Invite as guest',
  inviteAsGuestNamed: 'Invite {{name}} as guest',
  otherGuardian: 'Other guardians',
  save: 'Save relations',
  visitSaved: 'The relations are saved',
  willInvite: 'When you save, {{name}} is invited. The link of whoever acted before stops working at once.',
  willInviteAnew:
    'When you save, the invitation is sent to the new number. The former link stops working at once.',
  turnsYouth:
    'The child turns {{age}} before the visit: it is booked as {{age}}+, with the child’s own e-ID and nobody acting for it.',
  turnsAdult: 'The patient turns 18 before the visit, which is booked as an adult’s.',
  youthNeedsPhone: 'The patient needs a mobile number of their own. The invitation is sent there.',
}
