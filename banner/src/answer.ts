import { units } from 'samtykke:notice'
import { type Answers, isAnswered, isYes, refsIn } from './choice.ts'
import { expire } from './clear.ts'
import type { Asked, Ref } from './host.ts'
import { cookies, setCookie } from './jar.ts'
import { remember, remembered } from './memory.ts'
import { copy, ours } from './page.ts'
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
  refsIn(units).filter((ref) => isYes(answers, ref) || once.has(ref))

export const seconds = () => Math.floor(Date.now() / 1e3)

/**
 * Answers anew, and keeps the answers in their cookie. Where cookies are blocked
 * they last for the page.
 */
export function keep(next: Answers) {
  answers = next
  const secure = location.protocol === 'https:' ? ';secure' : ''
  const cookie = `${ours}=${format(next, units)};path=/;max-age=${VALIDITY};samesite=lax${secure}`
  // The host's own, from before the site shared its answers, would be read first.
  if (DOMAIN && isShared(cookie)) setCookie(`${ours}=;path=/;max-age=0`)
  else setCookie(cookie)
}

/** Sets a cookie for the whole domain. Gives whether the browser took it. */
function isShared(cookie: string) {
  setCookie(`${cookie};domain=${DOMAIN}`)
  return cookies().includes(cookie.split(';')[0] as string)
}

/** Throws everything about the visitor away: there is no answer any more. */
export function drop() {
  answers = {}
  remember({ queue: {}, token: undefined, last: undefined })
  expire(ours)
  if (SAME_ORIGIN) expire(copy())
}

const read = (name: string) =>
  cookies()
    .filter((cookie) => cookie.startsWith(`${name}=`))
    .map((cookie) => parse(cookie.slice(name.length + 1), units, seconds(), VALIDITY))
    .sort((a, b) => newest(b) - newest(a))

/**
 * Reads the cookie. Of several with its name the newest stays, the others go. When
 * the browser has forgotten it, its copy stands in for it.
 */
export function recall() {
  const found = read(ours)
  // In another tab the visitor may have had everything thrown away, the token too.
  answers = found[0] ?? (newest(answers) && remembered().token ? answers : {})
  if (found.length > 1) {
    expire(ours)
    keep(answers)
  }
  if (SAME_ORIGIN && !found[0]) {
    answers = read(copy())[0] ?? answers
    if (newest(answers)) keep(answers)
  }
}
