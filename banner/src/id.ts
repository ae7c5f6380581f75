/** Milliseconds since 1970 as 48 bits, then random bytes: all in hexadecimal. */
const timed = (now: number, length: number) =>
  now.toString(16).padStart(12, '0') +
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) =>
    (byte + 256).toString(16).slice(1),
  ).join('')

/** A UUID version 7 (RFC 9562). */
export const uuid = (now: number) =>
  timed(now, 10).replace(/(.{8})(....).(...).(...)/, '$1-$2-7$3-8$4-')

/** The visitor's token: the time and 128 random bits, in base64url. */
export const mint = (now: number) =>
  btoa(timed(now, 16).replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16))))
    .slice(0, 30)
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
