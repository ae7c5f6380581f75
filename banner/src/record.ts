import { bundle } from 'samtykke:notice'
import type { Choice, Layer, Method, Receipt } from './host.ts'
import { mint, uuid } from './id.ts'
import type { Keeper } from './memory.ts'
import { deliver } from './queue.ts'

/** Whether the browser objects to tracking (Global Privacy Control). */
export const objects = () => {
  const { globalPrivacyControl: gpc } = navigator as { globalPrivacyControl?: unknown }
  return gpc === true || gpc === '1'
}

/** Records decisions: each waits in the memory until the server has it. */
export function recorder(base: string, memory: Keeper, language: string) {
  const address = `${base}/decisions`

  const queue = deliver({
    read: () => memory.read().queue,
    write: (entries) => memory.write({ queue: entries }),
    send: (body) =>
      fetch(address, { method: 'POST', body, keepalive: true, credentials: 'omit' }),
    taken: (response) => {
      response.json().then(
        (receipt: Receipt) => {
          if (receipt.id === memory.read().last?.id) memory.write({ receipt })
        },
        () => {},
      )
    },
    now: Date.now,
    random: Math.random,
    wake: (work, after) => setTimeout(work, after),
  })

  addEventListener('pagehide', () => {
    for (const { body } of queue.unsent()) navigator.sendBeacon(address, body)
  })

  return {
    flush: queue.flush,
    /** The token is minted with the first decision and never before. */
    add(choice: Choice, method: Method, layer: Layer) {
      const now = Date.now()
      const { token = mint(now), last } = memory.read()
      const id = uuid(now)
      const body = JSON.stringify({
        id,
        token,
        bundle,
        language,
        method,
        layer,
        choice,
        previous: last?.id,
        gpc: objects() || undefined,
        time: Math.floor(now / 1e3),
      })
      memory.write({ token, last: { id, time: now } })
      queue.add(id, body)
    },
  }
}
