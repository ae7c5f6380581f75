/*
 * What stands over the page instead of in it: the question at the edge of the window
 * or in its corner, and what is said when it has been answered.
 */

/** Whether the host lies over the page: where the window is low it does not. */
const lies = (host: HTMLElement) => getComputedStyle(host).position === 'fixed'

/** How much of what has focus is to be seen above the host, in pixels. */
const least = 24

/** Whether the host hides this. What is taller than the page beside it is seen. */
function hides(host: HTMLElement, target: Element) {
  if (!lies(host)) return false
  const over = host.getBoundingClientRect()
  const at = target.getBoundingClientRect()
  return (
    at.bottom > over.top &&
    at.top > over.top - least &&
    at.top < over.bottom &&
    at.right > over.left &&
    at.left < over.right
  )
}

/**
 * Has what gets focus scrolled clear of the host (WCAG 2.2, 2.4.11). From what
 * cannot be scrolled, as a page's own bar at the bottom, the host takes itself away.
 */
function makeWay(host: HTMLElement, target: Element) {
  if (hides(host, target))
    target.scrollIntoView({ block: 'center', behavior: 'instant' })
  // Whoever pressed it has seen it.
  const away = target.matches(':focus-visible') && hides(host, target)
  host.toggleAttribute('data-away', away)
}

/** Makes room below the page for what the host covers. */
function makeRoom(host: HTMLElement) {
  try {
    // The page's own elements stay as they are, which some scripts insist on.
    const sheet = new CSSStyleSheet()
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    new ResizeObserver(() => {
      const room = `${lies(host) ? host.offsetHeight : 0}px!important`
      sheet.replaceSync(
        `@media screen{:root{padding-bottom:${room};scroll-padding-bottom:${room}}}`,
      )
    }).observe(host)
  } catch {}
}

/** Keeps the page clear of the host. `left` is called when the visitor goes on. */
export function keepClear(host: HTMLElement, left: () => void) {
  makeRoom(host)
  for (const kind of ['pointerdown', 'focusin', 'focusout'])
    addEventListener(kind, (event) => {
      const path = event.composedPath()
      host.removeAttribute('data-away')
      if (kind === 'focusout' || path.includes(host)) return
      if (lies(host)) left()
      // The browser has scrolled by then.
      if (kind === 'focusin')
        requestAnimationFrame(() => makeWay(host, path[0] as Element))
    })
  return true
}
