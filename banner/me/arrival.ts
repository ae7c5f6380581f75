import { fromBase64, toHex } from '../verifier/bytes.ts'
import { whole } from '../verifier/note.ts'

/** A receipt that the visitor comes for, and what the QR code on paper says of it. */
export interface Noted {
  receipt: string
  printed: Printed | undefined
}

/** Where the log had the receipt when it was printed, and the leaf there, in hex. */
export interface Printed {
  /** Its name without the host, which the server may have changed since. */
  log: string
  index: number
  leaf: string
}

/** What brought the visitor here. */
export interface Arrival {
  token?: string
  /** It is unreadable when any of it has another form than our codes give it. */
  noted?: Noted | 'unreadable'
}

/** The form of a token: 22 bytes as base64url. */
export const isToken = (text: string) => /^[\w-]{30}$/.test(text)

const isReceipt = (text: string) =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)

/**
 * Takes the fragment off the address, where nobody shall find a token later, and
 * gives what it says. A fragment that is a place on the page stays.
 */
export function arrive(): Arrival {
  const fragment = location.hash.slice(1)
  if (!fragment || document.getElementById(fragment)) return {}
  history.replaceState(null, '', location.pathname + location.search)
  return read(fragment)
}

/**
 * Reads a fragment. Anybody can make an address that leads to this page, so what
 * the page will show is a receipt's number, the name of a log without its host, a
 * place and a hash; never a sentence of theirs.
 */
export function read(fragment: string): Arrival {
  const [first = ''] = fragment.split('&')
  const token = isToken(first) ? { token: first } : {}
  const about = new URLSearchParams(fragment)
  const receipt = about.get('receipt')
  if (receipt === null) return token
  const paper = ['log', 'index', 'leaf'].some((name) => about.has(name))
  const printed = paper ? readPrinted(about) : undefined
  const right = isReceipt(receipt) && (printed || !paper)
  return { ...token, noted: right ? { receipt, printed } : 'unreadable' }
}

function readPrinted(about: URLSearchParams): Printed | undefined {
  const log = logOf(about.get('log') ?? '')
  const index = whole(about.get('index') ?? undefined)
  const leaf = hexOf(about.get('leaf') ?? '')
  return log && index !== undefined && leaf ? { log, index, leaf } : undefined
}

/** What follows the host in the name of a site's log of a year, or of a later part. */
const logOf = (log: string) =>
  /^[^/\s]+\/(consent\/[a-z\d-]+\/\d{4}(-[a-z\d]+)?)$/.exec(log)?.[1]

/** A hash as receipts show it, from the base64url that codes have. */
function hexOf(hash: string): string | undefined {
  const bytes = fromBase64(`${hash.replace(/-/g, '+').replace(/_/g, '/')}=`)
  return bytes?.length === 32 ? toHex(bytes) : undefined
}
