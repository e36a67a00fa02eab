import type { Translation } from '../shape'
import type { sv } from '../sv'
import { common } from './common'
import { login } from './login'
import { problems } from './problems'
import { shell } from './shell'
import { kind, status } from './status'

export const en: Translation<typeof sv> = { common, problems, status, kind, login, shell }
