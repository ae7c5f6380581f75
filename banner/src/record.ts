import { bundle, units } from 'samtykke:notice'
import { type Answers, choiceOf } from './choice.ts'
import type { Layer, Method } from './host.ts'
import { mint, uuid } from './id.ts'
import { remember, remembered } from './memory.ts'
import { base, lang } from './page.ts'
import { deliver } from './queue.ts'

/** Posts to Samtykke, without cookies and without a preflight. */
const post = (part: string, body: string) =>
  fetch(base + part, { method: 'POST', body, keepalive: true, credentials: 'omit' })

const queue = deliver({
  read: () => remembered().queue ?? [],
  write: (queue) => remember({ queue }),
  send: (body) => post('/decisions', body),
  now: Date.now,
  wake: setTimeout,
})

/** Sends what waits, now and when the page goes. */
export function startSending() {
  queue.flush()
  addEventListener('pagehide', () => {
    for (const { body } of queue.unsent()) navigator.sendBeacon(`${base}/decisions`, body)
  })
}

/** Whether the browser objects to tracking (Global Privacy Control). */
export const objects = () => {
  const { globalPrivacyControl: gpc } = navigator as { globalPrivacyControl?: unknown }
  return gpc === true || gpc === '1'
}

/**
 * Records a decision: it waits in the memory until the server has it. The
 * visitor's token is minted with the first one and never before.
 */
export function record(answers: Answers, method: Method, layer: Layer) {
  const now = Date.now()
  const { token = mint(now), last } = remembered()
  const id = uuid(now)
  remember({ token, last: { id, time: now } })
  const decision = {
    id,
    token,
    bundle,
    language: lang,
    method,
    layer,
    choice: choiceOf(units, answers),
    previous: last?.id,
    gpc: objects() || undefined,
    time: Math.floor(now / 1e3),
  }
  queue.add(id, JSON.stringify(decision))
}

/**
 * Reports what was seen on the page to those who keep the inventory. Nothing in
 * it is about the visitor.
 */
export function report(kind: 'residual' | 'unknown' | 'stuck', name: string) {
  post('/findings', JSON.stringify({ bundle, findings: [{ kind, name }] })).catch(() => {})
}
