/** Random bytes, in hexadecimal. */
const random = (length: number) =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), hex).join('')

const hex = (byte: number) => (byte + 256).toString(16).slice(1)

/** Milliseconds since 1970 as 48 bits, in hexadecimal. */
const timed = (now: number) => now.toString(16).padStart(12, '0')

/** A UUID version 7 (RFC 9562). */
export const uuid = (now: number) =>
  (timed(now) + random(10)).replace(
    /(.{8})(....).(...).(...)(.{12})/,
    '$1-$2-7$3-8$4-$5',
  )

/** The visitor's token: the time and 128 random bits, in base64url. */
export const mint = (now: number) => {
  const bytes = (timed(now) + random(16)).match(/../g) ?? []
  return btoa(bytes.map((byte) => String.fromCharCode(parseInt(byte, 16))).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
}
