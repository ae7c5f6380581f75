/** Random bytes after the time, 48 bits of milliseconds since 1970. */
function timed(length: number, now: number): Uint8Array {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  for (let i = 5, rest = now; i >= 0; i--, rest = Math.floor(rest / 256)) {
    bytes[i] = rest % 256
  }
  return bytes
}

/** A UUID version 7 (RFC 9562). */
export function uuid(now: number): string {
  const bytes = timed(16, now)
  bytes[6] = ((bytes[6] ?? 0) & 15) | 112
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The visitor's token: the time and 128 random bits, in base64url. */
export const mint = (now: number) =>
  btoa(String.fromCharCode(...timed(22, now)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
