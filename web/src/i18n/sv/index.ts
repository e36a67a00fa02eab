import { common } from './common'
import { login } from './login'
import { problems } from './problems'

/** The Swedish texts; their keys are the keys of every language. One file per view. */
export const sv = { common, problems, login } as const
