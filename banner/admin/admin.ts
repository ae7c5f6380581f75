// What works without a script works better with this one.

import { copying } from './copy.ts'
import { inlining } from './inline.ts'
import { leaving } from './leave.ts'

copying(document)
inlining(document)
leaving(document)
