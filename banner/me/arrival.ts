/** A receipt that the visitor comes for, and what the QR code on paper says of it. */
export interface Noted {
  receipt: string
  printed: Printed | undefined
}

/** Where the log had the receipt when it was printed, and the leaf there, in base64url. */
export interface Printed {
  log: string | undefined
  index: string | undefined
  leaf: string
}

/** What brought the visitor here. */
export interface Arrival {
  token?: string
  noted?: Noted
}

/** The form of a token: 22 bytes as base64url. */
export const isToken = (text: string) => /^[\w-]{30}$/.test(text)

/**
 * Takes the fragment off the address, where nobody shall find a token later, and
 * gives what it says. A fragment that is a place on the page stays.
 */
export function arrive(): Arrival {
  const fragment = location.hash.slice(1)
  if (!fragment || document.getElementById(fragment)) return {}
  history.replaceState(null, '', location.pathname + location.search)
  const [first = ''] = fragment.split('&')
  const token = isToken(first) ? { token: first } : {}
  const { receipt, log, index, leaf } = Object.fromEntries(
    new URLSearchParams(fragment),
  )
  if (!receipt) return token
  return {
    ...token,
    noted: { receipt, printed: leaf ? { log, index, leaf } : undefined },
  }
}
