import { warn } from './guard.ts'

/** What has been begun for each service. */
const lines: Record<string, Promise<unknown> | undefined> = {}

/**
 * Does something for a service after what was begun before it. No service waits
 * for another.
 */
export function inTurn(service: string, work: () => unknown) {
  lines[service] = Promise.resolve(lines[service]).then(work).catch(warn)
}

/** Whether a script keeps its place in the order. The property says nothing here. */
export const isOrdered = (script: HTMLScriptElement) => !script.hasAttribute('async')

/** Resolves when an external script has run or failed, or the host hangs. */
const settled = (script: HTMLScriptElement) =>
  new Promise((done) => {
    /** How long a script may keep the ones behind it waiting. */
    const patience = 5e3
    for (const end of ['load', 'error']) script.addEventListener(end, done)
    setTimeout(done, patience)
  })

/**
 * Wakes a sleeping script: the same element gets its real type and is put where it
 * is, so that it keeps its nonce, its integrity and the trust that the
 * parser gave it. Gives what the next one in order waits for.
 */
export function wake(script: HTMLScriptElement): unknown {
  script.type = script.dataset.type ?? ''
  const done = script.src && isOrdered(script) && settled(script)
  // What an inline script writes into a page that was read would replace it.
  const page: Partial<Document> = document
  page.writeln = page.write = warn
  script.before(script)
  delete page.writeln
  delete page.write
  return done
}
