import { kept, type StoredItem, stored } from 'samtykke:notice'
import { doomed } from './doomed.ts'
import type { Ref } from './host.ts'
import { cookies, setCookie } from './jar.ts'
import { ours } from './page.ts'

/** Hears of each thing that had to go, and whether it is gone. */
export type Heard = (item: StoredItem, gone: boolean) => void

/** Names of cookies that could not be removed: they are not tried again. */
export const stuck = new Set<string>()

const cookieNames = () => cookies().map((cookie) => cookie.split('=')[0] as string)

/**
 * Removes a cookie in every scope that it may have: on this host or a parent of
 * it, on every level of the path. A `__Secure-` cookie goes only with Secure, a
 * partitioned one only with Partitioned. Gives whether it is gone.
 */
export function expire(name: string): boolean {
  const labels = location.hostname.split('.')
  const parts = location.pathname.split('/')
  const domains = ['', ...labels.map((_, i) => labels.slice(i).join('.'))]
  const paths = parts.map((_, i) => parts.slice(0, i + 1).join('/'))
  for (const domain of domains) {
    for (const path of paths.flatMap((path) => [path, `${path}/`])) {
      for (const flags of ['', ';secure', ';secure;partitioned']) {
        setCookie(`${name}=;max-age=0;path=${path};domain=${domain}${flags}`)
      }
    }
  }
  return !cookieNames().includes(name)
}

function clearStorage(
  kind: 'local' | 'session',
  area: Storage,
  granted: Ref[],
  heard: Heard,
) {
  for (const name of Object.keys(area)) {
    const item = name !== ours && doomed(stored, kept, kind, name, granted)
    if (!item) continue
    area.removeItem(name)
    heard(item, true)
  }
}

async function clearDatabases(granted: Ref[], heard: Heard) {
  for (const { name = '' } of await indexedDB.databases()) {
    const item = doomed(stored, kept, 'indexeddb', name, granted)
    if (!item) continue
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => heard(item, true)
    request.onblocked = () => heard(item, false)
  }
}

async function clearCaches(granted: Ref[], heard: Heard) {
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

/** What is not a cookie. */
function clearStores(granted: Ref[], heard: Heard) {
  if (WEB_STORAGE) {
    ifThere(() => clearStorage('local', localStorage, granted, heard))
    ifThere(() => clearStorage('session', sessionStorage, granted, heard))
  }
  if (INDEXED_DB) ifThere(() => clearDatabases(granted, heard))
  if (CACHES) ifThere(() => clearCaches(granted, heard))
}

/**
 * Removes everything that services without consent have left. Our own cookie is never
 * touched, nor is our storage.
 */
export function clear(granted: Ref[], heard: Heard) {
  for (const name of cookieNames()) {
    const item = doomed(stored, KEEPS ? kept : [], undefined, name, granted)
    if (!item || name === ours || stuck.has(name)) continue
    const gone = expire(name)
    if (!gone) stuck.add(name)
    heard(item, gone)
  }
  clearStores(granted, heard)
}
