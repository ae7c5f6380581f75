/** Milliseconds since 1970 as 48 bits, then random bytes. */
const timed = (now: number, length: number) =>
  crypto
    .getRandomValues(new Uint8Array(length))
    .map((byte, i) => (i < 6 ? now / 2 ** (40 - 8 * i) : byte))

const hex = (byte: number) => (byte + 256).toString(16).slice(1)

/** A UUID version 7 (RFC 9562). */
export const uuid = (now: number) =>
  [...timed(now, 16)]
    .map(hex)
    .join('')
    .replace(/(.{8})(....).(...).(...)/, '$1-$2-7$3-8$4-')

/** The visitor's token: the time and 128 random bits, in base64url. */
export const mint = (now: number) =>
  btoa(String.fromCharCode(...timed(now, 22)))
    .slice(0, 30)
    .replace(/[+/]/g, (sign) => (sign < '/' ? '-' : '_'))
