import { warn } from './guard.ts'
import type { Finding, Post } from './host.ts'
import { inspect } from './inspect.ts'

/**
 * Tells those who keep the inventory what was seen on the page: this, or what there
 * is to say of its markup. Nothing in it is about the visitor. Whoever writes the page
 * hears of names and markup in the console.
 */
export function report(post: Post, bundle: string, kind: Finding, name?: string) {
  if (kind === 'unknown') {
    // A category of which each service is asked for in place is no question.
    const lacks = name?.endsWith('/') ? ' without a data-service' : ''
    warn(`"${name}" is not in the notice${lacks}`)
  }
  // An old Prototype.js in the page makes texts of lists.
  const list = (name ? [name] : inspect())
    .map((name) => JSON.stringify({ kind, name }))
    .join()
  if (list)
    post('/findings', `{"bundle":"${bundle}","findings":[${list}]}`).catch(() => {})
}
