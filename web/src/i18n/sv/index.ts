import { audit } from './audit'
import { booking } from './booking'
import { call } from './call'
import { chat } from './chat'
import { common } from './common'
import { eid } from './eid'
import { equipment } from './equipment'
import { integration } from './integration'
import { login } from './login'
import { organisation } from './organisation'
import { participants } from './participants'
import { patients } from './patients'
import { pending } from './pending'
import { problems } from './problems'
import { rebooking } from './rebooking'
import { relations } from './relations'
import { selfService } from './self-service'
import { sessions } from './sessions'
import { shell } from './shell'
import { startPage } from './start-page'
import { form, kind, status } from './status'
import { texts } from './texts'
import { visitPage } from './visit-page'
import { visitor } from './visitor'

/** The Swedish texts; their keys are the keys of every language. One file per view. */
export const sv = {
  common,
  problems,
  status,
  kind,
  form,
  login,
  shell,
  audit,
  sessions,
  organisation,
  texts,
  booking,
  startPage,
  integration,
  participants,
  rebooking,
  patients,
  pending,
  relations,
  chat,
  visitPage,
  call,
  eid,
  visitor,
  selfService,
  equipment,
} as const
