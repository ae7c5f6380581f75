import { Fault } from './fault.ts'

/** Bytes in the form that WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>

/**
 * Reads standard base64 (RFC 4648, section 4) in the one form that a value has:
 * padded, without white space, with nothing in the bits that are left over.
 */
export function fromBase64(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  const raw = atob(text)
  if (btoa(raw) !== text) return undefined
  return Uint8Array.from(raw, (character) => character.charCodeAt(0))
}

export const toBase64 = (bytes: Bytes) => btoa(String.fromCharCode(...bytes))

export const toHex = (bytes: Bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export const same = (a: Bytes, b: Bytes) => toHex(a) === toHex(b)

const encoder = new TextEncoder()

/** Puts bytes and texts (as UTF-8) one after another. */
export function join(...parts: (Bytes | string)[]): Bytes {
  const all = parts.map((part) =>
    typeof part === 'string' ? encoder.encode(part) : part,
  )
  const joined = new Uint8Array(all.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of all) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Browsers calculate on pages from https or the disk only. */
export function calculator(): SubtleCrypto {
  const { subtle } = crypto as Partial<Crypto>
  if (!subtle) throw new Fault('subtle')
  return subtle
}

export const sha256 = async (...parts: (Bytes | string)[]): Promise<Bytes> =>
  new Uint8Array(await calculator().digest('SHA-256', join(...parts)))
