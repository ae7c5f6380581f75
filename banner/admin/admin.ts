// What works without a script works better with this one.

import { copying } from './copy.ts'
import { leaving } from './leave.ts'

copying(document)
leaving(document)
