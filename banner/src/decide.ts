import { units } from 'samtykke:notice'
import {
  answers,
  asked,
  drop,
  granted,
  keep,
  once,
  pending,
  recall,
  seconds,
} from './answer.ts'
import { happen } from './api.ts'
import { apply, refsIn, refsOf } from './choice.ts'
import { clear } from './clear.ts'
import { isStale } from './gate.ts'
import type { Choice, Layer, Method, Ref } from './host.ts'
import { refocus, show, since, status, tell } from './layer.ts'
import { remember } from './memory.ts'
import { open } from './open.ts'
import { record, report } from './record.ts'
import { hand } from './served.ts'
import { signal } from './signal.ts'
import { format } from './store.ts'

/* What the visitor decides, and everything that follows from it. */

/** Removes what services without consent have left. */
export function tidy() {
  if (!CLEARS) return
  clear(granted(), ({ ref, name, left }, gone) => {
    const found = `${ref.split('/')[1]}/${name}`
    if (left) report('residual', found)
    if (!gone) report('stuck', found)
  })
}

/** Compares with what was granted before, and acts on the difference. */
function settle(before: Ref[], stays?: unknown) {
  const now = granted()
  const lost = before.filter((ref) => !now.includes(ref))
  // Vendors hear of it before what they have left is removed, and before what they
  // are granted runs.
  if (SIGNALS) signal('update')
  tidy()
  if (SAME_ORIGIN) hand()
  const told = tell(lost.length && !now.length ? TEXTS.withdrawn : TEXTS.saved, lost)
  // The press is answered on screen before the work that follows from it.
  setTimeout(async () => {
    open()
    show()
    happen('change')
    // The browser holds on to the policy that the page came with. A page that nobody
    // looks at need not come anew for a yes.
    if (
      !stays &&
      ((POLICY && (lost.length || (!document.hidden && now.length > before.length))) ||
        isStale())
    ) {
      /** How long the page may still stand, in milliseconds. */
      const patience = 1e3
      // What is said stands from the start on the page to come, so that nothing moves.
      await Promise.race([told, new Promise((late) => setTimeout(late, patience))])
      remember({ tell: status.textContent as string })
      // A page that a form was sent for comes anew without what was sent.
      history.replaceState(history.state, '')
      location.reload()
    }
  })
}

/** Moves to a choice and records it. One that changes nothing is only confirmed. */
export function decide(choice: Choice, method: Method, layer: Layer) {
  recall()
  const before = granted()
  const next = apply(units, answers, choice, seconds())
  // A no to everything is one to what is shown this once, too.
  if (method === 'withdraw' || (method === 'reject_all' && layer === 'second'))
    once.clear()
  const changes = format(next, units) !== format(answers, units)
  if (changes || granted().length < before.length) {
    keep(next)
    record(next, method, layer, since)
    settle(before)
  } else tell(TEXTS.saved, [])
  refocus()
}

/** The same answer for several services. */
const choose = (refs: Ref[], yes: boolean): Choice => ({
  categories: {},
  services: Object.fromEntries(refs.map((ref) => [ref, yes])),
})

/**
 * A press on one of the two equal buttons. A yes is about what the question shows, a
 * no to everything about everything.
 */
export function answerAll(yes: boolean, layer: Layer) {
  const about = SEVERAL && yes && pending().length ? pending() : asked
  const all = yes ? 'accept_all' : 'reject_all'
  decide(
    choose(refsIn(about), yes),
    SEVERAL && about.length < asked.length ? 'save' : all,
    layer,
  )
}

/** Takes back everything. */
export const withdraw = (layer: Layer) =>
  decide(choose([...refsIn(asked), ...granted()], false), 'withdraw', layer)

/** Grants a service that is asked for in place, whatever it consists of. */
const grantOf = (service: string) => choose(refsOf(units, service), true)

export const grant = (service: string, method: Method, layer: Layer) =>
  decide(grantOf(service), method, layer)

/** Shows content this once: recorded, but not kept as an answer. */
export function showOnce(content: HTMLElement) {
  const { service = '' } = content.dataset
  for (const shown of [content, ...refsOf(units, service)]) once.add(shown)
  record(apply(units, answers, grantOf(service), 1), 'placeholder_once', 'placeholder')
  open()
  show()
}

/** Whether something was written into the page, which a reload would lose. */
let written: unknown

/** Hears of it before a handler of the page can keep it to itself. */
export const watchWriting = () =>
  addEventListener(
    'beforeinput',
    (event) => {
      written = event
    },
    true,
  )

/**
 * Another tab, or this page's own past, may have changed the cookie. A page that the
 * visitor is writing in hears of it, but stays as it is until it is left.
 */
export function refresh() {
  const old = format(answers, units)
  const before = granted()
  recall()
  if (format(answers, units) !== old) settle(before, written)
}

/** Throws everything about the visitor away, after erasure: also the answer. */
export function reset() {
  const before = granted()
  once.clear()
  drop()
  if (before.length) settle(before)
  else show()
}
