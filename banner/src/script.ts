/** How long a script may keep the ones behind it waiting. */
const patience = 5e3

/** What waits, service by service, behind a script that is being loaded. */
const lines = new Map<string, (() => void)[]>()

/** Does something when its turn in the line of a service has come. */
export function inTurn(service: string, work: () => void) {
  const line = lines.get(service)
  if (line) line.push(work)
  else work()
}

/**
 * Lets what comes later for a service wait, until the given function is called or
 * patience ends. That function may be given work that goes before.
 */
export function hold(service: string) {
  const line: (() => void)[] = []
  lines.set(service, line)
  const next = (first: (() => void)[] = []) => {
    if (lines.get(service) !== line) return
    lines.delete(service)
    for (const work of [...first, ...line]) inTurn(service, work)
  }
  setTimeout(next, patience)
  return next
}

/**
 * Wakes a sleeping script: the same element gets its real type and is put back
 * where it was, so that it keeps its nonce, its integrity and the trust that the
 * parser gave it. The scripts of one service run in their order, an inline one
 * after the external ones before it; no service waits for another, and none for
 * a host that hangs.
 */
export function wake(script: HTMLScriptElement, service: string) {
  const run = () => {
    const { type = 'text/javascript' } = script.dataset
    script.type = type
    if (script.src && ordered) {
      const next = hold(service)
      for (const end of ['load', 'error']) script.addEventListener(end, () => next())
    }
    const marker = document.createComment('')
    script.replaceWith(marker)
    // What an inline script writes into a page that was read would replace it.
    const page: { write?: unknown } = document
    page.write = () => {}
    marker.replaceWith(script)
    delete page.write
  }
  // The property says nothing: the browser has set it on all that sleep.
  const ordered = !script.hasAttribute('async')
  if (ordered) inTurn(service, run)
  else run()
}
