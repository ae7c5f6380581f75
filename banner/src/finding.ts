import { warn } from './guard.ts'
import type { Finding, Post } from './host.ts'
import { inspect } from './inspect.ts'

/** What whoever writes the page hears of its markup, in the console. */
const hints: Partial<Record<Finding, string>> = {
  unknown: 'is not in the notice',
  markup: 'see "samtykke findings --help"',
}

/**
 * Tells those who keep the inventory what was seen on the page: this, or what there
 * is to say of its markup. Nothing in it is about the visitor.
 */
export function report(post: Post, bundle: string, kind: Finding, name?: string) {
  const names = name ? [name] : inspect()
  if (hints[kind]) for (const one of names) warn(`"${one}" ${hints[kind]}`)
  // An old Prototype.js in the page makes texts of lists.
  const list = names.map((name) => JSON.stringify({ kind, name })).join()
  if (list)
    post('/findings', `{"bundle":"${bundle}","findings":[${list}]}`).catch(() => {})
}
