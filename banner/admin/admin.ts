// What works without a script works better with this one.

import { copying } from './copy.ts'
import { leaving } from './leave.ts'
import { passkeys } from './passkey.ts'

copying(document)
leaving(document)
passkeys(document)
