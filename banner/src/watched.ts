import { hosts } from 'samtykke:notice'
import { warn } from './guard.ts'
import { base } from './page.ts'

/* What automatic gating watches: the hosts that a person has published. */

/** Hosts that scripts of this page were let through to. */
export const passed = new Set<string>()

/** Whether a host is one of those that are meant. */
const isNamed = (watched: string, host: string) =>
  [host, host.replace(/:\d+$/, '')].some(
    (name) => name === watched || (watched[0] === '.' && name.endsWith(watched)),
  )

/** The services that name a host. */
export const naming = (host: string) =>
  Object.keys(hosts)
    .filter((watched) => isNamed(watched, host))
    .flatMap((watched) => hosts[watched] as string[])

/** Whose consent an address waits for, and because of which host. */
export interface Wait {
  host: string
  service: string
}

/** Whether what happens goes by a mark that stands in the page. */
export let free = false

/** Does something that goes by a mark in the page: nobody else has a say in it. */
export function freely<Made>(work: () => Made): Made {
  free = true
  try {
    return work()
  } finally {
    free = false
  }
}

function hostOf(address: unknown) {
  try {
    return new URL(address as string, document.baseURI).host
  } catch {
    return ''
  }
}

/** Makes what finds out whether one of some addresses waits. */
export const watching = (waitsFor: (host: string) => string | undefined) => {
  function stops(address: unknown): Wait | undefined {
    const host = hostOf(address)
    if (free || [location.host, hostOf(base)].includes(host)) return
    const service = waitsFor(host)
    if (service) {
      warn(`${host} waits for "${service}"`)
      return { host, service }
    }
    passed.add(host)
    return
  }
  return (...addresses: unknown[]) => addresses.map(stops).find(Boolean)
}

export type Stops = ReturnType<typeof watching>
