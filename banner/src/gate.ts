import { units } from 'samtykke:notice'
import { answers, once } from './answer.ts'
import { fresh, unfold } from './block.ts'
import { verdict } from './choice.ts'
import { isEmbed, load } from './embed.ts'
import { guarded } from './guard.ts'
import { wake } from './script.ts'

/* Holds elements back until the visitor has said yes to their service. */

export interface Surroundings {
  /** Content of a service stays asleep: a placeholder may stand in for it. */
  stand(element: HTMLElement, service: string): void
  /** It stays asleep no longer. */
  fall(element: HTMLElement): void
  /** The markup names what the Notice does not have. */
  unknown(name: string): void
}

const asleep = new Set<HTMLElement>()
const awake = new Set<HTMLElement>()
/** Scripts that the page's parser wrote: these can be woken as they are. */
const parsed = new WeakSet<HTMLElement>()
/** What the visitor wants to see this once, whatever is answered. */
const wanted = new WeakSet<HTMLElement>()

/** The kind of a sleeping element: a script, a vendor's whole block, an embed. */
function kindOf(element: HTMLElement) {
  if (element.localName === 'noembed') return 'block'
  if (!(element instanceof HTMLScriptElement)) return isEmbed(element) && 'embed'
  return element.type === 'text/html' ? 'block' : element.type === 'text/plain' && 'script'
}

/** The parser may still be writing into what is the last thing in the page. */
function isWhole(element: Node | null): boolean {
  while (element && !element.nextSibling) element = element.parentNode
  return !!element || document.readyState !== 'loading'
}

/** Whether an element asks for a refusal: its category comes after "!". */
const isRefusal = ({ dataset: { category = '' } }: HTMLElement) => category.startsWith('!')

/** The answer for an element, as of `verdict`. */
function answerFor(element: HTMLElement) {
  const { category = '', service = '' } = element.dataset
  if (once.size && wanted.has(element)) return true
  const answer = verdict(units, answers, category.replace('!', ''), service)
  return isRefusal(element) && answer !== null ? answer === false : answer
}

function release(element: HTMLElement) {
  const { category = '', service = category } = element.dataset
  const kind = kindOf(element)
  if (kind === 'embed') return load(element)
  let scripts = [element as HTMLScriptElement]
  if (kind === 'block') scripts = unfold(element)
  else if (!parsed.has(element)) {
    scripts = scripts.map(fresh)
    scripts.map((script) => awake.add(script))
    element.replaceWith(...scripts)
  }
  for (const script of scripts) wake(script, service)
}

/** Lets through what sleeps without need, in the order of the page. */
export function open({ stand, fall, unknown }: Surroundings) {
  const consider = guarded((element: HTMLElement) => {
    const { category = '', service = '' } = element.dataset
    const answer = answerFor(element)
    if (answer) {
      asleep.delete(element)
      // Noted before: a script that throws has run all the same.
      awake.add(element)
      fall(element)
      release(element)
    } else if (answer === null) {
      asleep.delete(element)
      unknown(`${category}/${service}`)
    } else if (!isRefusal(element) && kindOf(element) !== 'script') stand(element, service)
  })
  for (const element of asleep) if (element.isConnected && isWhole(element)) consider(element)
}

/** Looks at an element that has come into the page, and at all within it. */
export function see(root: Element) {
  const marked = '[data-category],[data-service]'
  for (const element of [root, ...root.querySelectorAll(marked)] as HTMLElement[]) {
    if (!element.matches(marked) || awake.has(element) || !kindOf(element)) continue
    asleep.add(element)
    if (document.readyState === 'loading') parsed.add(element)
  }
}

/** Lets one element through at the next opening. */
export const want = (element: HTMLElement) => wanted.add(element)

/** Whether something has run that has no consent any more: a reload ends it. */
export const isStale = () =>
  [...awake].some((element) => !isRefusal(element) && !answerFor(element))
