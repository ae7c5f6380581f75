import type { StoredItem } from 'samtykke:notice'
import type { Ref } from './host.ts'

const matches = (found: string, match: string, flags?: string) =>
  new RegExp(`^(?:${match})$`, flags).test(found)

/**
 * The item by which a name on the device has to go: a denied service matches it
 * and no granted one does, since services share names.
 */
export function doomed(
  items: StoredItem[],
  keep: string[],
  kind: StoredItem['kind'],
  found: string,
  granted: Ref[],
): StoredItem | undefined {
  const matching = items.filter(
    (item) =>
      (!(WEB_STORAGE || INDEXED_DB || CACHES) || item.kind === kind) &&
      matches(found, item.match ?? item.name, item.flags),
  )
  if (matching.some(({ ref, left }) => !left && granted.includes(ref))) return
  if (KEEPS && keep.some((match) => matches(found, match))) return
  return matching[0]
}
