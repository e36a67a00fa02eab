import { audit } from './audit'
import { booking } from './booking'
import { call } from './call'
import { chat } from './chat'
import { common } from './common'
import { eid } from './eid'
import { login } from './login'
import { patients } from './patients'
import { problems } from './problems'
import { shell } from './shell'
import { startPage } from './start-page'
import { kind, status } from './status'
import { visitPage } from './visit-page'
import { visitor } from './visitor'

/** The Swedish texts; their keys are the keys of every language. One file per view. */
export const sv = {
  common,
  problems,
  status,
  kind,
  login,
  shell,
  audit,
  booking,
  startPage,
  patients,
  chat,
  visitPage,
  call,
  eid,
  visitor,
} as const
