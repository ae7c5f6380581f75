import { trust } from './trusted.ts'

/** How long an ordered script may keep the ones behind it waiting. */
const patience = 5e3

/** The scripts of a service that wait behind one which is being loaded. */
const lines = new Map<string, HTMLScriptElement[]>()

/** A script that writes into a page which has been read would replace the page. */
const write = () => {}

/** Puts a script back where it is, so that the browser looks at it anew. */
function reinsert(script: HTMLScriptElement) {
  const marker = document.createComment('')
  script.replaceWith(marker)
  Object.assign(document, { write, writeln: write })
  marker.replaceWith(script)
  const own: { write?: unknown; writeln?: unknown } = document
  delete own.write
  delete own.writeln
}

/**
 * Wakes a sleeping script: the same element gets its real type and is put back
 * where it was, so that it keeps its nonce, its integrity and the trust that the
 * parser gave it. The scripts of one service run in their order, an inline one
 * after the external ones before it; no service waits for another, and none for
 * a host that hangs.
 */
export function wake(script: HTMLScriptElement, service: string): unknown {
  // The property says nothing: the browser has set it on all that sleep.
  const ordered = !script.hasAttribute('async')
  const line = lines.get(service)
  if (line && ordered) return line.push(script)
  const { src, type = 'text/javascript' } = script.dataset
  if (src) script.src = trust().createScriptURL(src)
  script.type = type
  if (script.src && ordered && /javascript|module/.test(type)) {
    const waiting: HTMLScriptElement[] = []
    const next = () => {
      if (lines.get(service) !== waiting) return
      lines.delete(service)
      for (const script of waiting) wake(script, service)
    }
    lines.set(service, waiting)
    script.addEventListener('load', next)
    script.addEventListener('error', next)
    setTimeout(next, patience)
  }
  return reinsert(script)
}
