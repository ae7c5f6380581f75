import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bytes, same, sha256 } from '../verifier/bytes.ts'
import { Fault } from '../verifier/fault.ts'
import { rootFrom } from '../verifier/tree.ts'

const node = (left: Bytes, right: Bytes) => sha256(Uint8Array.of(1), left, right)

/** All levels of a tree, from its leaves up; an odd one goes up as it is. */
async function levels(leaves: Bytes[]): Promise<Bytes[][]> {
  const all = [leaves]
  for (let level = leaves; level.length > 1; all.push(level)) {
    const next: Bytes[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = level.slice(i, i + 2) as [Bytes, Bytes?]
      next.push(right ? await node(left, right) : left)
    }
    level = next
  }
  return all
}

/** The hashes beside the way from a leaf to the root. */
const pathOf = (all: Bytes[][], index: number) =>
  all.slice(0, -1).flatMap((level, height) => {
    const sibling = level[Math.floor(index / 2 ** height) ^ 1]
    return sibling ? [sibling] : []
  })

const leads = async (
  leaf: Bytes,
  index: number,
  size: number,
  path: Bytes[],
  to: Bytes,
) => same(await rootFrom(leaf, index, size, path), to)

test('every path of every small tree leads to its root, and to no other', async () => {
  const leaves = await Promise.all(
    Array.from({ length: 24 }, (_, i) => sha256(String(i))),
  )
  for (let size = 1; size <= leaves.length; size++) {
    const all = await levels(leaves.slice(0, size))
    const root = all[all.length - 1]?.[0] as Bytes
    for (let index = 0; index < size; index++) {
      const [leaf, path] = [leaves[index] as Bytes, pathOf(all, index)]
      assert(await leads(leaf, index, size, path, root), `${index} of ${size}`)
      await assert.rejects(rootFrom(leaf, index, size, [...path, leaf]), Fault)
      if (size === 1) continue
      await assert.rejects(rootFrom(leaf, index, size, path.slice(1)), Fault)
      const wrong = leads(leaf, (index + 1) % size, size, path, root)
      assert(!(await wrong.catch(() => false)), `not ${index} of ${size}`)
    }
  }
})

test('trees beyond 32 bits are walked', async () => {
  const leaf = await sha256('leaf')
  const [size, index] = [2 ** 39 + 1, 2 ** 39]
  // The last leaf of such a tree stands alone on its side.
  assert(same(await rootFrom(leaf, index, size, [leaf]), await node(leaf, leaf)))
  await assert.rejects(rootFrom(leaf, 0, size, [leaf]), Fault)
  assert.ok(await rootFrom(leaf, 0, size, Array<Bytes>(40).fill(leaf)))
})
