import { units, validity } from 'samtykke:notice'
import { type Answers, isYes } from './choice.ts'
import { expire } from './clear.ts'
import type { Ref } from './host.ts'
import { ours } from './page.ts'
import { format, newest, parse, valuesOf } from './store.ts'

/** What the visitor has answered. */
export let answers: Answers = {}

/** What is shown on this page only. */
export const once = new Set<Ref>()

/** Whether a service may run on this page. */
export const granted = (ref: Ref) => isYes(answers, ref) || once.has(ref)

export const seconds = () => Math.floor(Date.now() / 1e3)

/** Answers anew, and keeps the answers in their cookie. */
export function keep(next: Answers) {
  answers = next
  const rest = newest(next) + validity - seconds()
  const secure = location.protocol === 'https:' ? ';secure' : ''
  try {
    document.cookie = `${ours}=${format(next, units)};path=/;max-age=${rest};samesite=lax${secure}`
  } catch {
    // Cookies are blocked: the answer lasts for the page.
  }
}

/** Reads the cookie. Of several with its name the newest stays, the others go. */
export function recall() {
  try {
    const found = valuesOf(document.cookie, ours)
      .map((value) => parse(value, units, seconds(), validity))
      .sort((a, b) => newest(b) - newest(a))
    answers = found[0] ?? answers
    if (found.length > 1) {
      expire(ours)
      keep(answers)
    }
  } catch {
    // Cookies are blocked: the answer lasts for the page.
  }
}
