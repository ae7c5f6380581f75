import { units } from 'samtykke:notice'
import { type Answers, isAnswered, isYes } from './choice.ts'
import { expire } from './clear.ts'
import type { Asked, Ref } from './host.ts'
import { cookies, setCookie } from './jar.ts'
import { ours } from './page.ts'
import { format, newest, parse } from './store.ts'

/** What the visitor has answered. */
export let answers: Answers = {}

/** What is shown on this page only: content, and the services behind it. */
export const once = new Set<Ref | Element>()

/** What the banner asks for. */
export const asked = units.filter((unit): unit is Asked => !!unit.category)

/** Whether a service is asked for in place: it is a unit of its own. */
export const isInPlace = (service: string) =>
  units.some(
    ({ category, refs }) => !category && (refs[0] as string).split('/')[1] === service,
  )

/** What the banner still has to ask for. */
export const pending = () => asked.filter(({ refs }) => !isAnswered(answers, refs))

/** The services that may run on this page. */
export const granted = () =>
  units
    .flatMap(({ refs }) => refs)
    .filter((ref) => isYes(answers, ref) || once.has(ref))

export const seconds = () => Math.floor(Date.now() / 1e3)

/**
 * Answers anew, and keeps the answers in their cookie. Where cookies are blocked
 * they last for the page.
 */
export function keep(next: Answers) {
  answers = next
  const secure = location.protocol === 'https:' ? ';secure' : ''
  setCookie(
    `${ours}=${format(next, units)};path=/;max-age=${VALIDITY};samesite=lax${secure}`,
  )
}

/** Forgets the answers: there is none any more. */
export function drop() {
  answers = {}
  expire(ours)
}

/** Reads the cookie. Of several with its name the newest stays, the others go. */
export function recall() {
  const found = cookies()
    .filter((cookie) => cookie.startsWith(`${ours}=`))
    .map((cookie) => parse(cookie.slice(ours.length + 1), units, seconds(), VALIDITY))
    .sort((a, b) => newest(b) - newest(a))
  answers = found[0] ?? answers
  if (found.length > 1) {
    expire(ours)
    keep(answers)
  }
}
