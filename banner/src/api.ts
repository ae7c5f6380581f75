import { units } from 'samtykke:notice'
import { answers, isInPlace, pending } from './answer.ts'
import { choiceOf } from './choice.ts'
import { guarded } from './guard.ts'
import type { Choice } from './host.ts'
import { newest } from './store.ts'

/** What stands, as pages see it. */
export interface State extends Choice {
  /** The number of the Notice that asks. */
  notice: number
  /** Whether the visitor has answered the banner. */
  answered: boolean
  /** What stood before, in a `change`: at the first answer, not answered. */
  before?: State | undefined
}

/** `ready` once the stored answer is known; `change` at each change of it. */
export type Happening = 'ready' | 'change'

/** `window.samtykke`, for page owners. */
export interface Api {
  get(): State
  /**
   * Calls the listener at each event, and at once when it has happened already.
   * Gives what takes the listener off. The same events reach the document as
   * `samtykke:ready` and `samtykke:change`, with the state as their detail, and once:
   * the first only who listens above the script tag.
   */
  on(event: Happening, listener: (state: State) => void): () => void
  /** Opens the second layer. */
  open(): void
  /** Takes back everything. */
  withdraw(): void
  /**
   * Grants a service that is asked for in place, after the visitor has pressed a
   * button of the page's own. Gives whether there is such a service.
   */
  grant(service: string): boolean
}

declare global {
  interface Window {
    readonly samtykke?: Api
  }
}

const get = (): State => ({
  ...choiceOf(units, answers),
  notice: NOTICE,
  answered: !pending().length,
})

/** What the page was told last, and what stood then. */
let told: State
let last: State | undefined

/** Tells the page of an event. */
export function happen(event: Happening) {
  told = { ...get(), before: last }
  last = get()
  document.dispatchEvent(new CustomEvent(`samtykke:${event}`, { detail: told }))
}

/** Makes the page API. */
export function publish(
  open: () => void,
  withdraw: () => void,
  grant: (service: string) => void,
) {
  const value = Object.freeze<Api>({
    get,
    on(event, listener) {
      const hear = guarded(() => listener(told))
      document.addEventListener(`samtykke:${event}`, hear)
      // Late listeners hear of what has happened already.
      if (event === 'ready' || newest(answers)) hear()
      return () => document.removeEventListener(`samtykke:${event}`, hear)
    },
    open: guarded(open),
    withdraw: guarded(withdraw),
    grant(service) {
      const known = isInPlace(service)
      if (known) guarded(grant)(service)
      return known
    },
  })
  Object.defineProperty(window, 'samtykke', { value })
}
