import { guarded } from './guard.ts'
import { changing, patch } from './patch.ts'
import type { Stops } from './watched.ts'

/** The text behind an address that leads to no network; empty where a policy forbids it. */
function textOf(address: string) {
  let text = ''
  const read = guarded(() => {
    const request = new XMLHttpRequest()
    request.open('GET', address, false)
    request.send()
    text = request.response
  })
  if (/^(blob|data):/.test(address)) read()
  return text
}

/** What scripts ask of the network: stopped, it ends as if the network were down. */
export function watchWire(stops: Stops) {
  /** Puts an address in place of a stopped one, that ends before the network does. */
  const instead = (dead: string, place = 0) =>
    changing((args) => {
      const [address] = args.slice(place) as (string | Request)[]
      if (stops((address as Request)?.url ?? address)) args[place] = dead
    })
  patch(window, 'fetch', instead('blob:'))
  patch(window, 'EventSource', instead('blob:'))
  // No browser connects to this port.
  patch(window, 'fetchLater', instead('https://localhost:1'))
  patch(window, 'WebSocket', instead('wss://localhost:1'))
  patch(XMLHttpRequest.prototype, 'open', instead('blob:', 1))
  // Browsers refuse a worker of another host. One that is made of text may load from
  // there.
  const refusing = changing((args) => {
    const named = textOf(String(args[0])).match(/(https?:)?\/\/[^\s"'`]+/g) ?? []
    if (stops(...named)) args[0] = `blob:${location.origin}/`
  })
  for (const name of ['Worker', 'SharedWorker']) patch(window, name, refusing)
  patch(Navigator.prototype, 'sendBeacon', {
    apply: (native, self, args) => !stops(args[0]) && Reflect.apply(native, self, args),
  })
  patch(window, 'Audio', {
    construct(native, args) {
      const sound = Reflect.construct(native, [])
      for (const src of args) sound.src = src
      return sound
    },
  })
}
