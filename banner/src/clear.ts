import { kept, type StoredItem, stored } from 'samtykke:notice'
import type { Ref } from './host.ts'

type Granted = (ref: Ref) => boolean

const fits = ({ match, name }: StoredItem, found: string) =>
  match === undefined ? found === name : new RegExp(`^(?:${match})$`).test(found)

/**
 * The item by which a name on the device has to go: a denied service matches it
 * and no granted one does. Names are shared between services.
 */
export function doomed(
  items: StoredItem[],
  keep: string[],
  kind: StoredItem['kind'],
  found: string,
  granted: Granted,
): StoredItem | undefined {
  if (keep.some((match) => fits({ ref: '', name: '', match }, found))) return
  const matching = items.filter((item) => item.kind === kind && fits(item, found))
  return matching.some((item) => !item.left && granted(item.ref)) ? undefined : matching[0]
}

/** Every host that a cookie of this page may belong to, then none (host-only). */
const domains = (host: string) => {
  const labels = host.split('.')
  return ['', ...labels.map((_, i) => `;domain=${labels.slice(i).join('.')}`)]
}

/** Every path that a cookie of this page may belong to. */
const paths = (path: string) => {
  const found = ['/']
  for (let i = 1; i <= path.length; i++) {
    if (path[i] === '/' || i === path.length) found.push(path.slice(0, i), path.slice(0, i + 1))
  }
  return [...new Set(found)]
}

const cookieNames = () =>
  document.cookie.split('; ').map((pair) => pair.slice(0, Math.max(0, pair.indexOf('='))))

/**
 * Removes a cookie in every scope that it may have. A `__Secure-` cookie goes
 * only with Secure, a partitioned one only with Partitioned. Gives whether it
 * is gone; one that is not is HttpOnly's shadow or another path's.
 */
export function expire(name: string): boolean {
  for (const domain of domains(location.hostname)) {
    for (const path of paths(location.pathname)) {
      for (const flags of ['', ';secure', ';secure;partitioned']) {
        document.cookie = `${name}=;max-age=0;path=${path}${domain}${flags}`
      }
      if (!cookieNames().includes(name)) return true
    }
  }
  return false
}

export interface Removal {
  (item: StoredItem, gone: boolean): void
}

function clearStorage(
  kind: 'local' | 'session',
  storage: () => Storage,
  own: string,
  granted: Granted,
  told: Removal,
) {
  if (!stored.some((item) => item.kind === kind)) return
  try {
    const area = storage()
    for (const name of Object.keys(area)) {
      const item = name !== own && doomed(stored, kept, kind, name, granted)
      if (item) {
        area.removeItem(name)
        told(item, true)
      }
    }
  } catch {
    // Blocked storage holds nothing.
  }
}

async function clearDatabases(granted: Granted, told: Removal) {
  const found = await indexedDB.databases()
  for (const { name = '' } of found) {
    const item = doomed(stored, kept, 'indexeddb', name, granted)
    if (!item) continue
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => told(item, true)
    request.onblocked = () => told(item, false)
  }
}

async function clearCaches(granted: Granted, told: Removal) {
  for (const name of await caches.keys()) {
    const item = doomed(stored, kept, 'cache', name, granted)
    if (item) told(item, await caches.delete(name))
  }
}

/**
 * Removes everything that services without consent have left, and tells of each
 * thing. `own` is the name of our cookie and our storage, which is never
 * touched. Things that were found to stay are not tried again on this page.
 */
export function clear(own: string, granted: Granted, given: Set<string>, told: Removal) {
  for (const name of new Set(cookieNames())) {
    const item =
      name && name !== own && !given.has(name) && doomed(stored, kept, undefined, name, granted)
    if (!item) continue
    const gone = expire(name)
    if (!gone) given.add(name)
    told(item, gone)
  }
  if (WEB_STORAGE) {
    clearStorage('local', () => localStorage, own, granted, told)
    clearStorage('session', () => sessionStorage, own, granted, told)
  }
  // Both are missing outside of secure contexts, and then hold nothing.
  if (INDEXED_DB) clearDatabases(granted, told).catch(() => {})
  if (CACHES) clearCaches(granted, told).catch(() => {})
}
