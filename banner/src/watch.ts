import { isAwake } from './gate.ts'
import { guarded } from './guard.ts'

/**
 * Shows every element of the page to `see`: those that are there, and those that
 * come, from the parser, from scripts or from elsewhere. After each batch, and
 * when the page has been read, `settle` is called.
 */
export function watch(see: (element: Element) => void, settle: () => void) {
  const look = guarded((records: MutationRecord[]) => {
    const news = records
      .flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes])
      // Scripts that are woken move, and nothing follows from it.
      .filter((node) => !isAwake(node))
    for (const node of news)
      if (node.isConnected && (node as Element).matches) see(node as Element)
    if (news[0]) settle()
  })
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
  addEventListener('DOMContentLoaded', guarded(settle))
  see(document.documentElement)
  settle()
}
