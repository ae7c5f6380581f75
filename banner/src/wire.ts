import { patch, type Trap } from './patch.ts'
import type { Stops } from './watched.ts'

/* What scripts ask of the network: stopped, it ends as if the network were down. */

/** What looks like a connection that nobody answers. */
function unanswered(native: { prototype: object; CLOSED: number }, url: string) {
  const nothing = () => {}
  const own: Record<string, unknown> = {
    ...{ url, readyState: 0, bufferedAmount: 0, binaryType: 'blob' },
    ...{ protocol: '', extensions: '', withCredentials: false },
    ...{ onopen: null, onmessage: null, onerror: null, onclose: null },
    ...{ send: nothing, close: nothing },
  }
  const dead = Object.defineProperties(
    Object.setPrototypeOf(new EventTarget(), native.prototype),
    Object.getOwnPropertyDescriptors(own),
  )
  setTimeout(() => {
    dead.readyState = native.CLOSED
    for (const event of [
      new Event('error'),
      ...('send' in native.prototype ? [new CloseEvent('close', { code: 1006 })] : []),
    ]) {
      dead.dispatchEvent(event)
      dead[`on${event.type}`]?.(event)
    }
  })
  return dead
}

export function watchWire(stops: Stops) {
  const construct = (
    work: (native: never, args: unknown[]) => object | undefined,
  ): Trap => ({
    construct: (native, args, target) =>
      work(native as never, args) ?? Reflect.construct(native, args, target),
  })
  const apply = (work: (args: unknown[]) => unknown): Trap => ({
    apply: (native, self, args) => work(args) ?? Reflect.apply(native, self, args),
  })
  const { origin } = location
  patch(
    window,
    'fetch',
    apply(([input]) =>
      stops((input as Request)?.url ?? input)
        ? Promise.reject(new TypeError('Failed to fetch'))
        : undefined,
    ),
  )
  patch(
    XMLHttpRequest.prototype,
    'open',
    apply((args) => {
      // Leads nowhere, without the network.
      if (stops(args[1])) args[1] = `blob:${origin}/`
    }),
  )
  patch(
    Navigator.prototype,
    'sendBeacon',
    apply(([url]) => (stops(url) ? false : undefined)),
  )
  for (const name of ['WebSocket', 'EventSource']) {
    patch(
      window,
      name,
      construct((native, [url]) =>
        stops(url) ? unanswered(native, String(url)) : undefined,
      ),
    )
  }
  patch(
    window,
    'Audio',
    construct((native: { new (): HTMLAudioElement }, [src]) =>
      stops(src) ? Object.assign(new native(), { src }) : undefined,
    ),
  )
}
