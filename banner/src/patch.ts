import { warn } from './guard.ts'

type Native = (...args: unknown[]) => unknown
export type Trap = ProxyHandler<Native>

/**
 * Puts something before what the browser has: a function or a constructor, or what
 * reads or writes a property. It goes on looking like the browser's own. What a
 * browser lacks, or a page has sealed, stays as it is.
 */
export function patch(
  owner: object,
  name: string,
  trap: Trap,
  kind: 'value' | 'get' | 'set' = 'value',
) {
  const found = Object.getOwnPropertyDescriptor(owner, name)
  if (!found?.[kind]) return
  try {
    const patched = new Proxy<Native>(found[kind], trap)
    Object.defineProperty(owner, name, { ...found, [kind]: patched })
  } catch (error) {
    warn(error)
  }
}
