export type Native = (...args: unknown[]) => unknown

/**
 * Puts something before what the browser has: a function or a constructor, or what
 * reads or writes a property. It goes on looking like the browser's own.
 */
export function patch(
  owner: object,
  name: string,
  trap: ProxyHandler<Native>,
  kind: 'value' | 'get' | 'set' = 'value',
) {
  const found = Object.getOwnPropertyDescriptor(owner, name)
  if (found?.[kind]) {
    const patched = new Proxy<Native>(found[kind], trap)
    Object.defineProperty(owner, name, { ...found, [kind]: patched })
  }
}

/** A trap that changes the arguments of a function or a constructor. */
export const changing = (
  change: (args: unknown[]) => unknown,
): ProxyHandler<Native> => ({
  apply(native, self, args) {
    change(args)
    return Reflect.apply(native, self, args)
  },
  construct(native, args, target) {
    change(args)
    return Reflect.construct(native, args, target)
  },
})
