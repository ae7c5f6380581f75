import { units } from 'samtykke:notice'
import { seconds } from './answer.ts'
import { type Answers, choiceOf } from './choice.ts'
import type { Finding, Layer, Method } from './host.ts'
import { mint, uuid } from './id.ts'
import { remember, remembered } from './memory.ts'
import { objects } from './objection.ts'
import { base } from './page.ts'
import { withRest } from './part.ts'
import { deliver } from './queue.ts'
import { lang } from './speech.ts'

/** Posts to Samtykke, without cookies and without a preflight. */
export const post = (part: string, body: string) =>
  fetch(base + part, { method: 'POST', body, keepalive: true, credentials: 'omit' })

/** `flush` sends what waits. */
export const { add, flush } = deliver(
  () => remembered().queue,
  (queue, more) => remember({ queue: { ...queue }, ...more }),
  (body) => post('/decisions', body).catch(() => undefined),
  (...attempt) => withRest((rest) => rest.retry(...attempt)),
)

/**
 * Records a decision: it waits in the memory until the server has it. The
 * visitor's token is minted with the first one and never before, and not for a
 * refusal that is only counted: then nothing is kept but what waits.
 */
export function record(
  answers: Answers,
  method: Method,
  layer: Layer,
  since?: number | undefined,
) {
  const time = Date.now()
  const { token = !LOGS && method === 'reject_all' ? undefined : mint(time), last } =
    remembered()
  const id = uuid(time)
  if (LOGS || token) remember({ token, last: { id, time } })
  add(
    id,
    JSON.stringify({
      id,
      token,
      bundle: BUNDLE,
      language: lang,
      method,
      layer,
      previous: last?.id,
      choice: choiceOf(units, answers),
      gpc: objects(),
      time: seconds(),
      shown: since,
    }),
    time,
  )
}

/** Reports what was seen on the page to those who keep the inventory. */
export const report = (kind: Finding, name?: string) =>
  withRest((rest) => rest.report(post, BUNDLE, kind, name))
