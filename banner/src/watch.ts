import { guarded } from './guard.ts'

/**
 * Shows every element of the page to `see`: those that are there, and those that
 * come, from the parser, from scripts or from elsewhere. After each batch, and
 * when the page has been read, `settle` is called.
 */
export function watch(see: (element: Element) => void, settle: () => void) {
  const look = guarded((records: MutationRecord[]) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if ((node as Element).matches) see(node as Element)
    }
    settle()
  })
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
  addEventListener('DOMContentLoaded', () => look([]))
  see(document.documentElement)
  settle()
}
