import { type Bytes, sha256 } from './bytes.ts'
import { Fault } from './fault.ts'

const leafPrefix = new Uint8Array([0])
const nodePrefix = new Uint8Array([1])

/** The leaf of a record: the tree holds the hash of its commitment, salted. */
export const leafOf = async (salt: Bytes, record: Bytes) =>
  sha256(leafPrefix, await sha256('samtykke/consent/v1\0', salt, record))

/**
 * The root that a path leads to from a leaf: the definition of a path (RFC 6962,
 * section 2.1.1) from the top down. The last hash of it is the half of the tree
 * that the leaf is not in.
 */
export async function rootFrom(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
): Promise<Bytes> {
  if (index >= size) throw new Fault('outside', { index, size })
  const walk = async (at: number, leaves: number, length: number): Promise<Bytes> => {
    const other = path[length - 1]
    if (leaves === 1 || !other) {
      if (leaves === 1 && !other) return leaf
      throw new Fault('length', { count: path.length })
    }
    const left = halfOf(leaves)
    return at < left
      ? sha256(nodePrefix, await walk(at, left, length - 1), other)
      : sha256(nodePrefix, other, await walk(at - left, leaves - left, length - 1))
  }
  return walk(index, size, path.length)
}

/** The leaves in the left half of a tree: the largest power of two below its size. */
function halfOf(leaves: number): number {
  let half = 1
  while (half * 2 < leaves) half *= 2
  return half
}
