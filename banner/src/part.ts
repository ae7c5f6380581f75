import { warn } from './guard.ts'
import type { Rest } from './host.ts'
import { load } from './page.ts'

/*
 * What most pages do without is a file of its own: placeholders, and what it
 * takes to wake vendors' blocks. Until it is there, and without it, the content
 * is not there either.
 */

let rest: Rest | undefined
let loading: Promise<Rest | undefined> | undefined

const get = (): Promise<Rest | undefined> => {
  loading ??= load('rest').then((loaded) => (rest = loaded), warn)
  return loading
}

export const unfold = (element: HTMLElement) =>
  get().then((rest) => rest?.unfold(element) ?? [])

/** Puts a placeholder, or calls again when there is something to put it with. */
export function stand(element: HTMLElement, service: string, again: () => void) {
  if (rest) rest.stand(element, service)
  else if (!loading) get().then(again)
}

export const fall = (element: HTMLElement) => rest?.fall(element)
