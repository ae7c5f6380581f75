import { type Bytes, fromBase64 } from './bytes.ts'
import { Fault } from './fault.ts'
import { unlikeReceipt } from './json.ts'
import { type Checkpoint, parseCheckpoint, whole } from './note.ts'

/** A Decision with all that proves it (C2SP tlog-proof). */
export interface Receipt {
  salt: Bytes
  record: Bytes
  index: number
  path: Bytes[]
  checkpoint: Checkpoint
}

const header = 'c2sp.org/tlog-proof@v1'
const saltLength = 32

/** Far more than a receipt with a hundred signatures has, in characters. */
export const longest = 1 << 17

/** Reads the text of a .tlog-proof file that holds a record. */
export function parseReceipt(text: string): Receipt {
  if (/^\s*[{[]/.test(text)) throw unlikeReceipt(text)
  if (text.length > longest) throw new Fault('size')
  const end = text.indexOf('\n\n')
  const [first, extraLine, indexLine, ...hashes] = (
    end < 0 ? text : text.slice(0, end)
  ).split('\n')
  if (first !== header) throw new Fault('header', { header })
  if (end < 0) throw new Fault('end')
  const extra = fromBase64(after('extra ', extraLine) ?? '?')
  if (!extra) throw new Fault('extra')
  if (extra.length <= saltLength) throw new Fault('empty')
  const index = whole(after('index ', indexLine))
  if (index === undefined) throw new Fault('index')
  const path = hashes.map((base64, i) => {
    const hash = fromBase64(base64)
    if (hash?.length !== 32) throw new Fault('path', { line: i + 4 })
    return hash
  })
  return {
    salt: extra.slice(0, saltLength),
    record: extra.slice(saltLength),
    index,
    path,
    checkpoint: parseCheckpoint(text.slice(end + 2)),
  }
}

/** What follows a word at the beginning of a line. */
const after = (word: string, line = '') =>
  line.startsWith(word) ? line.slice(word.length) : undefined
