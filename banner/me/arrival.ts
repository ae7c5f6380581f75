/** What brought the visitor here. */
export interface Arrival {
  token?: string
  /** What the QR code of a receipt says of it. */
  noted?: Record<string, string>
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
  if (isToken(fragment)) return { token: fragment }
  const noted = Object.fromEntries(new URLSearchParams(fragment))
  return noted.receipt ? { noted } : {}
}
