import { watchElements } from './elements.ts'
import { forget, see, waits } from './gate.ts'
import { watchMarkup } from './markup.ts'
import { open } from './open.ts'
import { withPlace } from './part.ts'
import { lift } from './stopped.ts'
import { watching } from './watched.ts'
import { watchWire } from './wire.ts'

/** Looks at an element and around it, as `see` does, and at stopped sources first. */
function seeStopped(root: Element) {
  lift(root.parentElement ?? root)
  see(root)
}

/**
 * Automatic gating: stops what scripts of the page ask of hosts without consent,
 * also where nobody has marked anything. What the parser inserts it cannot stop:
 * that is asked for before any script hears of it. Gives what is to look at every
 * element of the page.
 */
export function watchScripts() {
  const stops = watching(waits)
  const quieten = watchElements(stops, (element) => {
    forget(element)
    if (!element.dataset.samtykkeStopped) withPlace((place) => place.fall(element))
    seeStopped(element)
    open()
  })
  watchMarkup(quieten)
  watchWire(stops)
  return seeStopped
}
