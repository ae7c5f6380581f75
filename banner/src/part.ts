import { warn } from './guard.ts'
import type { Rest } from './host.ts'
import { load } from './speech.ts'

/*
 * What most pages do without is a file of its own: placeholders, what it takes to
 * wake vendors' blocks, and what is said when something stays on the device.
 * Until it is there, and without it, the content is not there either.
 */

let loading: Promise<Rest> | undefined

/** Does something with the rest once it is there, in the order of the calls. */
export function withRest<Made>(use: (rest: Rest) => Made) {
  loading ??= load('rest')
  return loading.then(use).catch(warn)
}

/** Takes a placeholder away; there is none before there is the rest. */
export const fall = (element: HTMLElement) =>
  loading && withRest((rest) => rest.fall(element))
