import { kept, type StoredItem, stored } from 'samtykke:notice'
import type { Ref } from './host.ts'

export type Granted = (ref: Ref) => boolean

/** Hears of each thing that had to go, and whether it is gone. */
export type Heard = (item: StoredItem, gone: boolean) => void

const matches = (match: string, any: boolean | undefined, found: string) =>
  new RegExp(`^(?:${match})$`, any ? 'i' : '').test(found)

/**
 * The item by which a name on the device has to go: a denied service matches it
 * and no granted one does, since services share names.
 */
export function doomed(
  items: StoredItem[],
  keep: string[],
  kind: StoredItem['kind'],
  found: string,
  granted: Granted,
): StoredItem | undefined {
  const matching = items.filter(
    (item) =>
      item.kind === kind &&
      (item.match ? matches(item.match, item.any, found) : item.name === found),
  )
  const stays =
    matching.some((item) => !item.left && granted(item.ref)) ||
    (KEEPS && keep.some((match) => matches(match, false, found)))
  return stays ? undefined : matching[0]
}

const cookieNames = () => document.cookie.split('; ').map((pair) => pair.replace(/=.*/, ''))

/**
 * Removes a cookie in every scope that it may have: on this host or a parent of
 * it, on every level of the path. A `__Secure-` cookie goes only with Secure, a
 * partitioned one only with Partitioned. Gives whether it is gone.
 */
export function expire(name: string): boolean {
  const labels = location.hostname.split('.')
  const domains = labels.map((_, i) => `;domain=${labels.slice(i).join('.')}`)
  const paths = location.pathname.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))
  for (const domain of ['', ...domains]) {
    for (const path of [...paths, ...paths.map((path) => `${path}/`)]) {
      for (const flags of ['', ';secure', ';secure;partitioned']) {
        document.cookie = `${name}=;max-age=0;path=${path}${domain}${flags}`
      }
    }
    if (!cookieNames().includes(name)) return true
  }
  return false
}

function clearStorage(kind: 'local' | 'session', area: Storage, own: string, granted: Granted, heard: Heard) {
  for (const name of Object.keys(area)) {
    const item = name !== own && doomed(stored, kept, kind, name, granted)
    if (!item) continue
    area.removeItem(name)
    heard(item, true)
  }
}

async function clearDatabases(granted: Granted, heard: Heard) {
  for (const { name = '' } of await indexedDB.databases()) {
    const item = doomed(stored, kept, 'indexeddb', name, granted)
    if (!item) continue
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => heard(item, true)
    request.onblocked = () => heard(item, false)
  }
}

async function clearCaches(granted: Granted, heard: Heard) {
  for (const name of await caches.keys()) {
    const item = doomed(stored, kept, 'cache', name, granted)
    if (item) heard(item, await caches.delete(name))
  }
}

/** Storage may be blocked, or missing outside of secure contexts: it holds nothing then. */
const ifThere = async (work: () => unknown) => {
  try {
    await work()
  } catch {}
}

/**
 * Removes everything that services without consent have left. `own` names our
 * cookie and our storage, which are never touched; `given` names what was found
 * to stay, which is not tried again on this page.
 */
export function clear(own: string, granted: Granted, given: Set<string>, heard: Heard) {
  for (const name of new Set(cookieNames())) {
    if (name === own || given.has(name)) continue
    const item = doomed(stored, kept, undefined, name, granted)
    if (!item) continue
    const gone = expire(name)
    if (!gone) given.add(name)
    heard(item, gone)
  }
  if (WEB_STORAGE) {
    ifThere(() => clearStorage('local', localStorage, own, granted, heard))
    ifThere(() => clearStorage('session', sessionStorage, own, granted, heard))
  }
  if (INDEXED_DB) ifThere(() => clearDatabases(granted, heard))
  if (CACHES) ifThere(() => clearCaches(granted, heard))
}
