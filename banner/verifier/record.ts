import { type Bytes, toBase64, toHex } from './bytes.ts'
import { Fault } from './fault.ts'

/** A Decision as the log commits to it. */
export interface DecisionRecord {
  organisation: string
  site: string
  notice: number
  noticeHash: string
  bundle: string
  bundleHash: string
  language: string
  method: string
  layer: string
  state: string
  gpc: boolean
  /** JSON, as it is stored. */
  choice: string
  id: string
  /** Empty when nothing that tells visitors apart was kept. */
  visitor: string
  /** Empty for a visitor's first. */
  previous: string
  /** Milliseconds since 1970. */
  time: number
  /** How far the browser's clock was ahead, in seconds. */
  skew: number
}

/** Reads a value, or gives undefined when its bytes are not the ones that it has. */
type Read<T> = (bytes: Bytes) => T | undefined

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const text: Read<string> = (bytes) => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

const flag: Read<boolean> = (bytes) => {
  const digit = text(bytes)
  return digit === '0' || digit === '1' ? digit === '1' : undefined
}

const number: Read<number> = (bytes) => {
  if (bytes.length !== 8) return undefined
  const value = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0))
  return Number.isSafeInteger(value) ? value : undefined
}

/** A time that a Date can hold. */
const time: Read<number> = (bytes) => {
  const value = number(bytes)
  return value !== undefined && Math.abs(value) <= 8.64e15 ? value : undefined
}

const hash: Read<string> = (bytes) => (bytes.length === 32 ? toHex(bytes) : undefined)

const uuid: Read<string> = (bytes) =>
  bytes.length === 16
    ? toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.*)$/, '$1-$2-$3-$4-$5')
    : undefined

/** As the log's exports write it: base64url (RFC 4648, section 5). */
const visitor: Read<string> = (bytes) =>
  bytes.length === 22
    ? toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
    : undefined

/** What may be absent has no bytes then: never zeros in their place. */
const optional =
  (read: Read<string>): Read<string> =>
  (bytes) =>
    bytes.length === 0 || bytes.some((byte) => byte !== 0)
      ? bytes.length === 0
        ? ''
        : read(bytes)
      : undefined

/** The fields in their order. */
const fields: { [name in keyof DecisionRecord]: Read<DecisionRecord[name]> } = {
  organisation: text,
  site: text,
  notice: number,
  noticeHash: hash,
  bundle: text,
  bundleHash: hash,
  language: text,
  method: text,
  layer: text,
  state: text,
  gpc: flag,
  choice: text,
  id: uuid,
  visitor: optional(visitor),
  previous: optional(uuid),
  time,
  skew: number,
}

/** Reads a record. It accepts only the one form that a record has. */
export function parseRecord(bytes: Bytes): DecisionRecord {
  const record: Record<string, unknown> = {}
  let at = 0
  for (const [i, [name, read]] of Object.entries(fields).entries()) {
    const about = { field: i + 1, name }
    if (bytes.length - at < 4) throw new Fault('cut', about)
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0)
    at += 4
    if (length > bytes.length - at) throw new Fault('cut', about)
    const value = read(bytes.slice(at, at + length))
    if (value === undefined) throw new Fault('field', about)
    record[name] = value
    at += length
  }
  if (at < bytes.length) throw new Fault('more')
  return record as unknown as DecisionRecord
}
