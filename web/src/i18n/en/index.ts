import type { Translation } from '../shape'
import type { sv } from '../sv'
import { common } from './common'
import { login } from './login'
import { problems } from './problems'

export const en: Translation<typeof sv> = { common, problems, login }
