import { notice, units } from 'samtykke:notice'
import { guarded } from './guard.ts'
import type { Choice } from './host.ts'

/** What stands, as pages see it. */
export interface State extends Choice {
  /** The number of the Notice that asks. */
  notice: number
  /** Whether the visitor has answered the banner. */
  answered: boolean
}

/** `ready` once the stored answer is known; `change` at each change of it. */
export type Event = 'ready' | 'change'

/** `window.samtykke`, for page owners. */
export interface Api {
  get(): State
  /**
   * Calls the listener at each event, and at once when it has happened already.
   * Gives what takes the listener off.
   */
  on(event: Event, listener: (state: State) => void): () => void
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

export interface Actions {
  state(): Choice & { answered: boolean }
  /** Whether there is an answer at all, so that late listeners hear of it. */
  decided(): boolean
  open(): void
  withdraw(): void
  grant(service: string): void
}

/** Makes the page API. Gives what tells of an event. */
export function publish(actions: Actions) {
  const listeners: [Event, (state: State) => void][] = []
  const get = (): State => ({ ...actions.state(), notice })

  const api: Api = {
    get,
    on(event, listener) {
      const entry: (typeof listeners)[number] = [event, guarded(listener)]
      listeners.push(entry)
      if (event === 'ready' || actions.decided()) entry[1](get())
      return () => {
        const at = listeners.indexOf(entry)
        if (at >= 0) listeners.splice(at, 1)
      }
    },
    open: guarded(actions.open),
    withdraw: guarded(actions.withdraw),
    grant(service) {
      const known = units.some((unit) => unit.service && unit.service === service)
      if (known) guarded(actions.grant)(service)
      return known
    },
  }
  Object.defineProperty(window, 'samtykke', { value: Object.freeze(api) })

  return (event: Event) => {
    for (const [name, listener] of [...listeners]) {
      if (name === event) listener(get())
    }
    document.dispatchEvent(new CustomEvent(`samtykke:${event}`, { detail: get() }))
  }
}
