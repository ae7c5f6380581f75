import { needed, never, units } from 'samtykke:notice'
import { answers, once } from './answer.ts'
import { isYes, refsOf, verdict } from './choice.ts'
import { isEmbed, load } from './embed.ts'
import { guarded } from './guard.ts'
import { inTurn, isOrdered, wake } from './script.ts'
import { giveBack, isHere } from './stopped.ts'
import { freely, naming, passed } from './watched.ts'

/* Holds elements back until the visitor has said yes to their service. */

const asleep = new Set<HTMLElement>()
const awake = new Set<HTMLElement>()
/** Scripts that the page's parser wrote: these can be woken as they are. */
const parsed = new WeakSet<HTMLElement>()

/** The kind of a sleeping element: a script, a vendor's whole block, an embed. */
function kindOf(element: HTMLElement) {
  if (element.localName === 'noembed') return 'block'
  if (!(element instanceof HTMLScriptElement)) return isEmbed(element) && 'embed'
  return element.type === 'text/html'
    ? 'block'
    : element.type === 'text/plain' && 'script'
}

/** The parser may still be writing into what is the last thing in the page. */
function isWhole(element: Node) {
  let last: Node | null = element
  while (last && !last.nextSibling) last = last.parentNode
  return last || document.readyState !== 'loading'
}

/** Whether an element asks for a refusal: its category comes after "!". */
const isRefusal = ({ dataset: { category = '' } }: HTMLElement) =>
  category.startsWith('!')

/** Whether a service never runs on this page, whatever the visitor has said. */
const isOut = (service: string) =>
  never[service]?.some((path) => location.pathname.startsWith(path))

/** Whether nothing that a service consists of waits; one without a name needs no yes. */
function mayRun(service: string) {
  const refs = refsOf(units, service)
  return (
    !service ||
    (!(NEVER && isOut(service)) &&
      !!refs[0] &&
      refs.every((ref) => isYes(answers, ref) || once.has(ref)))
  )
}

/** Whether a host waits for consent: it is named, and by nobody who may run. */
export function waits(host: string) {
  const services = naming(host)
  return !!services[0] && !services.some(mayRun)
}

/** The answer for an element, as of `verdict`. */
function answerFor(element: HTMLElement) {
  const { category = '', service = '' } = element.dataset
  if (AUTOMATIC && element.dataset.samtykkeStopped) {
    return !waits(element.dataset.samtykkeStopped)
  }
  if (NEVER && isOut(service)) return false
  if (once.has(element)) return true
  // What is necessary asks nobody, but a wrong name must not let anything through.
  if (category === 'necessary') return !service || needed.includes(service) || null
  const answer = verdict(units, answers, category.replace('!', ''), service)
  return isRefusal(element) && answer !== null ? answer === false : answer
}

/** Makes scripts that can be woken of an element that cannot. */
export type Unfold = (element: HTMLElement) => Promise<HTMLScriptElement[]>

function release(element: HTMLElement, unfold: Unfold) {
  const { category = '', service = category } = element.dataset
  const script = element as HTMLScriptElement
  // Consent may be taken back while a script waits for its turn.
  const rouse = (script: HTMLScriptElement) => answerFor(element) && wake(script)
  if (AUTOMATIC && giveBack(element)) parsed.add(element)
  if (kindOf(element) === 'embed')
    AUTOMATIC ? freely(() => load(element)) : load(element)
  else if (!parsed.has(element)) {
    inTurn(service, async () => {
      for (const script of await unfold(element)) await rouse(script)
    })
  } else if (isOrdered(script)) inTurn(service, () => rouse(script))
  else wake(script)
}

/**
 * Lets through what sleeps without need, in the order of the page. `stand` may
 * put a placeholder for content that stays asleep, and `fall` takes it away;
 * `unknown` hears of names that the Notice does not have.
 */
export function open(
  unfold: Unfold,
  stand: (element: HTMLElement, service: string) => unknown,
  fall: (element: HTMLElement) => unknown,
  unknown: (name: string) => void,
) {
  const consider = guarded((element: HTMLElement) => {
    const { category = '', service = '' } = element.dataset
    const answer = answerFor(element)
    if (answer) {
      asleep.delete(element)
      // Noted before: a script that throws has run all the same.
      awake.add(element)
      fall(element)
      release(element, unfold)
    } else if (answer === null) {
      asleep.delete(element)
      unknown(`${category}/${service}`)
    } else if (NEVER && isOut(service)) {
      // No press would bring it here: there is nothing to offer.
    } else if (!isRefusal(element) && kindOf(element) !== 'script')
      stand(element, service)
  })
  for (const element of asleep)
    if ((AUTOMATIC ? isHere(element) : element.isConnected) && isWhole(element))
      consider(element)
}

/**
 * Looks at an element that has come into the page, and at all within it; and around
 * it, since a sound's or a picture's source may come after it.
 */
export function see(root: Element) {
  const marked = '[data-category],[data-service]'
  for (const element of [
    root.parentElement ?? root,
    root,
    ...root.querySelectorAll(marked),
  ] as HTMLElement[]) {
    const kind = element.matches(marked) && kindOf(element)
    if (!kind || awake.has(element)) continue
    asleep.add(element)
    if (
      kind === 'script' &&
      !element.dataset.src &&
      document.readyState === 'loading'
    ) {
      parsed.add(element)
    }
  }
}

/** Whether an element has been let through. */
export const isAwake = (element: Node) => awake.has(element as HTMLElement)

/** Forgets what an element was: a script of the page has given it an address. */
export function forget(element: HTMLElement) {
  awake.delete(element)
  asleep.delete(element)
}

/** Whether something has run that has no consent any more: a reload ends it. */
export const isStale = () =>
  (AUTOMATIC && [...passed].some(waits)) ||
  [...awake].some((element) => !isRefusal(element) && !answerFor(element))
