import { warn } from './guard.ts'
import type { Finding, Post } from './host.ts'

/**
 * Tells those who keep the inventory what was seen on the page. Nothing in it is
 * about the visitor. Whoever writes the page hears of names in its markup that
 * the Notice does not have.
 */
export function report(post: Post, bundle: string, kind: Finding, name: string) {
  if (kind === 'unknown') warn(`"${name}" is not in the notice and stays off`)
  // An old Prototype.js in the page makes texts of lists.
  post(
    '/findings',
    `{"bundle":"${bundle}","findings":[${JSON.stringify({ kind, name })}]}`,
  ).catch(() => {})
}
