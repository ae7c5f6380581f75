import { decisions } from './decide.ts'
import { gate } from './gate.ts'
import { watch } from './watch.ts'

/*
 * What holds services back and releases them, without the question, the records
 * and the placeholders. It is built for being measured only.
 */
const decided = decisions()
if (CLEARS) decided.tidy({ report() {} })
const held = gate({ verdict: decided.verdict, stands() {}, falls() {}, unknown() {} })
watch(held.see, held.open)
