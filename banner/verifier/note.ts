import { type Bytes, calculator, fromBase64, join, sha256, toHex } from './bytes.ts'
import { Fault } from './fault.ts'

/** A signed text (C2SP signed-note) that is a checkpoint (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** What is signed, with the newline at its end. */
  text: string
  origin: string
  size: number
  root: Bytes
  signatures: Signature[]
}

export interface Signature {
  name: string
  /** Eight hexadecimal digits that tell keys of one name apart. */
  id: string
  bytes: Bytes
}

/** A verifier key. */
export interface Key {
  name: string
  id: string
  bytes: Bytes
  /** Of a witness: it signs when it saw a checkpoint (C2SP tlog-cosignature). */
  witness: boolean
}

const mostSignatures = 100
const [ed25519, cosignature] = [1, 4]

/** More than any tree has. */
const mostLeaves = 2 ** 40

/** Reads a whole number of the one form that it has, below mostLeaves. */
export function whole(text: string | undefined): number | undefined {
  if (text === undefined || !/^(0|[1-9]\d{0,12})$/.test(text)) return undefined
  const value = Number(text)
  return value < mostLeaves ? value : undefined
}

const hasControls = (text: string) =>
  Array.from(text).some((character) => character < ' ' && character !== '\n')

const isName = (name: string) => name !== '' && !/[\s\u0085+]/.test(name)

export function parseCheckpoint(signed: string): Checkpoint {
  const end = signed.lastIndexOf('\n\n')
  if (end < 0 || !signed.endsWith('\n') || hasControls(signed)) throw new Fault('note')
  const text = signed.slice(0, end + 1)
  const lines = signed.slice(end + 2, -1).split('\n')
  if (lines.length > mostSignatures) throw new Fault('note')
  const signatures = lines.map(parseSignature)

  const [origin = '', count, hash = ''] = text.slice(0, -1).split('\n')
  const [size, root] = [whole(count), fromBase64(hash)]
  if (!isName(origin) || size === undefined || root?.length !== 32) {
    throw new Fault('checkpoint')
  }
  return { text, origin, size, root, signatures }
}

function parseSignature(line: string): Signature {
  const [dash, name = '', base64 = '', ...more] = line.split(' ')
  const bytes = fromBase64(base64)
  if (dash !== '—' || !isName(name) || more.length > 0 || !bytes || bytes.length < 5) {
    throw new Fault('note')
  }
  return { name, id: toHex(bytes.slice(0, 4)), bytes: bytes.slice(4) }
}

/** Reads verifier keys, one a line, and holds each to its own id. */
export async function parseKeys(text: string): Promise<Key[]> {
  const keys: Key[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const trimmed = line.trim()
    if (trimmed) keys.push(await parseKey(trimmed, i + 1))
  }
  return keys
}

async function parseKey(text: string, line: number): Promise<Key> {
  if (text.startsWith('PRIVATE+KEY+')) throw new Fault('key_private', { line })
  // Base64 may hold a plus of its own.
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text)
  const [, name = '', id = '', base64 = ''] = parts ?? []
  const bytes = fromBase64(base64)
  if (!isName(name) || !bytes?.length) throw new Fault('key_form', { line })
  if (toHex((await sha256(name, '\n', bytes)).slice(0, 4)) !== id) {
    throw new Fault('key_id', { line })
  }
  const [kind] = bytes
  if ((kind !== ed25519 && kind !== cosignature) || bytes.length !== 33) {
    throw new Fault('key_kind', { line })
  }
  return { name, id, bytes: bytes.slice(1), witness: kind === cosignature }
}

/** What a witness has signed, and its signature without the time before it. */
function cosigned(signature: Bytes, text: Bytes): [Bytes, Bytes] {
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
  if (time >= 2n ** 63n) throw new RangeError('no time')
  return [signature.slice(8), join(`cosignature/v1\ntime ${time}\n`, text)]
}

/** Says whether the key made the signature. */
export async function isSigned(
  key: Key,
  signature: Signature,
  text: Bytes,
): Promise<boolean> {
  const subtle = calculator()
  try {
    const imported = await subtle.importKey('raw', key.bytes, 'Ed25519', false, [
      'verify',
    ])
    const [bytes, signed] = key.witness
      ? cosigned(signature.bytes, text)
      : [signature.bytes, text]
    return await subtle.verify('Ed25519', imported, bytes, signed)
  } catch (error) {
    // A browser that does not know Ed25519 says so; anything else is the key's
    // or the signature's own fault.
    if ((error as DOMException).name === 'NotSupportedError') {
      throw new Fault('ed25519')
    }
    return false
  }
}
