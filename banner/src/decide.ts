import { units } from 'samtykke:notice'
import {
  answers,
  asked,
  granted,
  keep,
  once,
  pending,
  recall,
  seconds,
} from './answer.ts'
import { happen } from './api.ts'
import { apply, refsOf } from './choice.ts'
import { clear, stuck } from './clear.ts'
import { isStale } from './gate.ts'
import type { Choice, Layer, Method, Ref, Unit } from './host.ts'
import { show, tell } from './layer.ts'
import { remember } from './memory.ts'
import { open } from './open.ts'
import { record, report } from './record.ts'
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
function settle(before: Ref[]) {
  const now = granted()
  const lost = before.filter((ref) => !now.includes(ref))
  tidy()
  const left = lost.length ? [...lost, ...stuck] : lost
  tell(lost.length && !now.length ? 'withdrawn' : 'saved', left)
  // The press is answered on screen before the work that follows from it.
  setTimeout(() => {
    open()
    show()
    happen('change')
    if (isStale()) {
      remember({ tell: left })
      location.reload()
    }
  })
}

/** Moves to a choice and records it. One that changes nothing is only confirmed. */
export function decide(choice: Choice, method: Method, layer: Layer) {
  recall()
  const before = granted()
  const next = apply(units, answers, choice, seconds())
  if (format(next, units) === format(answers, units)) return tell('saved', [])
  if (method === 'withdraw') once.clear()
  keep(next)
  record(next, method, layer)
  settle(before)
}

/** The same answer for several things. */
const each = (names: string[], yes: boolean): Record<string, boolean> =>
  Object.fromEntries(names.map((name) => [name, yes]))

const categoryOf = ({ category }: Unit) => category

/** A press on one of the two equal buttons: for what is asked, else for all. */
export function answerAll(yes: boolean, layer: Layer) {
  const open = pending()
  const part = open.length > 0 && open.length < asked.length
  const categories = each((part ? open : asked).map(categoryOf), yes)
  const method = yes ? 'accept_all' : 'reject_all'
  decide({ categories, services: {} }, part ? 'save' : method, layer)
}

/** Takes back everything. */
export const withdraw = (layer: Layer) =>
  decide(
    {
      categories: each(asked.map(categoryOf), false),
      services: each(granted(), false),
    },
    'withdraw',
    layer,
  )

/** Grants a service that is asked for in place, whatever it consists of. */
const grantOf = (service: string) => ({
  categories: {},
  services: each(refsOf(units, service), true),
})

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

/** Another tab, or this page's own past, may have changed the cookie. */
export function refresh() {
  const old = format(answers, units)
  const before = granted()
  recall()
  if (format(answers, units) !== old) settle(before)
}
