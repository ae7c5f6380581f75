// What works without a script works better with this one.

import { copying } from './copy.ts'
import { inlining } from './inline.ts'
import { leaving } from './leave.ts'
import { living } from './live.ts'
import { passkeys } from './passkey.ts'
import { understanding } from './understand.ts'

copying(document)
inlining(document)
leaving(document)
living(document)
passkeys(document)
understanding(document)
