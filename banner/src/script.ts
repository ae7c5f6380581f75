import { trust } from './trusted.ts'

/** How long an ordered script may keep the ones behind it waiting. */
const patience = 5e3

/** The last of the ordered scripts of each service. */
const lines = new Map<string, Promise<unknown>>()

/** Puts an element back where it is, so that the browser looks at it anew. */
function reinsert(script: HTMLScriptElement) {
  const marker = document.createComment('')
  script.replaceWith(marker)
  marker.replaceWith(script)
}

/** Resolves when an external script has run, failed, or kept us too long. */
const settled = (script: HTMLScriptElement) =>
  new Promise((resolve) => {
    script.addEventListener('load', resolve)
    script.addEventListener('error', resolve)
    setTimeout(resolve, patience)
  })

/**
 * Runs an inline script. What it writes into the page with document.write would
 * replace a page that has loaded, so it is handed to `written` instead.
 */
function runInline(script: HTMLScriptElement, written: (text: string) => void) {
  let text = ''
  const write = (...parts: string[]) => {
    text += parts.join('')
  }
  Object.assign(document, { write, writeln: write })
  try {
    reinsert(script)
  } finally {
    const own: { write?: unknown; writeln?: unknown } = document
    delete own.write
    delete own.writeln
  }
  if (text) written(text)
}

function run(script: HTMLScriptElement, written: (text: string) => void) {
  const { src, type } = script.dataset
  if (src) script.src = trust().createScriptURL(src)
  script.type = type ?? 'text/javascript'
  const runs = /^$|javascript|module/i.test(script.type)
  if (!script.src) return runInline(script, written)
  const waits = runs && !script.async && !script.noModule
  // Its turn has come already: nothing else need hold it back.
  script.async = true
  const done = waits ? settled(script) : undefined
  reinsert(script)
  return done
}

/**
 * Wakes a sleeping script: the same element gets its real type and is put back
 * where it was, so that it keeps its nonce, its integrity and the trust that the
 * parser gave it. The scripts of one service run in their order, an inline one
 * after the external ones before it; no service waits for another.
 */
export function wake(
  script: HTMLScriptElement,
  service: string,
  written: (text: string) => void,
) {
  const line = lines.get(service)
  if (script.async || !line) {
    const done = run(script, written)
    if (done) hold(service, done)
  } else {
    hold(
      service,
      line.then(() => run(script, written)),
    )
  }
}

/** Lets the next scripts of the service wait, for as long as something runs. */
function hold(service: string, work: Promise<unknown>) {
  const line = work
    .catch(() => {})
    .then(() => {
      if (lines.get(service) === line) lines.delete(service)
    })
  lines.set(service, line)
}
