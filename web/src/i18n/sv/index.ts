import { common } from './common'
import { login } from './login'
import { problems } from './problems'
import { shell } from './shell'
import { kind, status } from './status'

/** The Swedish texts; their keys are the keys of every language. One file per view. */
export const sv = { common, problems, status, kind, login, shell } as const
