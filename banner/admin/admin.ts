// What works without a script works better with this one.

import { copying } from './copy.ts'
import { inlining } from './inline.ts'
import { leaving } from './leave.ts'
import { passkeys } from './passkey.ts'

copying(document)
inlining(document)
leaving(document)
passkeys(document)
