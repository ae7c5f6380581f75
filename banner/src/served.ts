import { granted } from './answer.ts'
import { expire } from './clear.ts'
import { cookies } from './jar.ts'
import { base, copy, ours } from './page.ts'

/* What the site's own server does, where a path of it leads to Samtykke. */

/** The value of a cookie; empty when there is none. */
const written = (name: string) =>
  cookies()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''

/** Whether the copy says something else than our cookie. */
export const isBehind = () => written(copy()) !== written(ours)

/**
 * Has the server keep a copy of the answer, and remove what no script can. A copy of
 * an older answer goes at once: it must not outlive a newer one that the server never
 * heard of.
 */
export function hand() {
  // The editor may have pasted the tag of another address.
  if (!base?.startsWith(`${location.origin}/`)) return
  expire(copy())
  fetch(`${base}/answer`, {
    method: 'POST',
    body: JSON.stringify({
      bundle: BUNDLE,
      answer: written(ours),
      granted: granted(),
    }),
    keepalive: true,
    credentials: 'same-origin',
  }).catch(() => {
    // Tried again on the next page.
  })
}
