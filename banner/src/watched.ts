import { hosts } from 'samtykke:notice'
import { warn } from './guard.ts'
import { base } from './page.ts'

/* What automatic gating watches: the hosts that a person has published. */

/** Hosts that scripts of this page were let through to. */
export const passed = new Set<string>()

/** The services that name a host. */
export const naming = (host: string) =>
  Object.keys(hosts)
    .filter((name) => name === host || (name[0] === '.' && host.endsWith(name)))
    .flatMap((name) => hosts[name] as string[])

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
    return new URL(address as string, document.baseURI).hostname.replace(/\.$/, '')
  } catch {
    return ''
  }
}

/** Makes what finds the host, among those of some addresses, that waits for consent. */
export const watching = (waits: (host: string) => boolean) => {
  const stops = (host: string) => {
    const isOut = !free && ![location.href, base].map(hostOf).includes(host)
    const stopped = isOut && waits(host)
    if (stopped) warn(`${host} waits for consent`)
    else if (isOut) passed.add(host)
    return stopped
  }
  return (...addresses: unknown[]) => addresses.map(hostOf).find(stops)
}

export type Stops = ReturnType<typeof watching>
