import { granted, recall } from './answer.ts'
import { clear } from './clear.ts'
import { open, see } from './gate.ts'
import { watch } from './watch.ts'

/*
 * What holds services back and releases them, without the question, the records
 * and the placeholders. It is built for being measured only.
 */
const nothing = () => {}
recall()
if (CLEARS) clear(granted(), nothing)
watch(see, () => open(async () => [], nothing, nothing, nothing))
