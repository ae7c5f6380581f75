import { staying, units } from 'samtykke:notice'
import { answers, granted, keep, once, recall, seconds } from './answer.ts'
import { apply, isAnswered, isYes, refsOf } from './choice.ts'
import { clear } from './clear.ts'
import { isStale, want } from './gate.ts'
import type { Choice, Layer, Method, Ref } from './host.ts'
import { remember } from './memory.ts'
import { ours } from './page.ts'
import { record, report } from './record.ts'
import { format } from './store.ts'

/* What the visitor decides, and everything that follows from it. */

const asked = units.filter(({ service }) => !service)
const refs = units.flatMap((unit) => unit.refs)

/** Names of cookies that could not be removed. */
export const stuck = new Set<string>()

export interface Surroundings {
  /** To be said: what happened, and names that only the visitor can delete. */
  said(key: string, names?: string[]): void
  /** The answers have changed, and what has to go is gone. */
  changed(): void
}

/** What the banner still has to ask for. */
export const pending = () => asked.filter(({ refs }) => !isAnswered(answers, refs))

/** Whether there is anything to withdraw. */
export const isGranted = () => refs.some(granted)

/** Removes what services without consent have left. */
export function tidy() {
  if (!CLEARS) return
  clear(ours, granted, stuck, ({ ref, name, left }, gone) => {
    const found = `${ref.split('/')[1]}/${name}`
    if (left) report('residual', found)
    if (!gone) report('stuck', found)
  })
}

/** What follows once the press has been answered on screen. */
function follow({ said, changed }: Surroundings, lost: Ref[], key: string) {
  tidy()
  changed()
  const stay = STAYS ? lost.flatMap((ref) => staying[ref] ?? []) : []
  const names = lost.length ? [...new Set([...stay, ...stuck])] : []
  if (names.length) said(key, names)
  if (isStale()) {
    remember({ tell: names })
    location.reload()
  }
}

/** Compares with what stood before, and acts on the difference. */
function settle(at: Surroundings, before: Ref[]) {
  const lost = before.filter((ref) => !granted(ref))
  const key = lost.length && !isGranted() ? 'withdrawn' : 'saved'
  at.said(key)
  setTimeout(() => follow(at, lost, key))
}

/** Moves to a choice and records it. One that changes nothing is only confirmed. */
export function decide(at: Surroundings, choice: Choice, method: Method, layer: Layer) {
  recall()
  const before = refs.filter(granted)
  const next = apply(units, answers, choice, seconds())
  if (format(next, units) === format(answers, units)) return at.said('saved')
  if (method === 'withdraw') once.clear()
  keep(next)
  record(next, method, layer)
  settle(at, before)
}

/** A press on one of the two equal buttons: for what is asked, else for all. */
export function answerAll(at: Surroundings, yes: boolean, layer: Layer) {
  const open = pending()
  const categories: Record<string, boolean> = {}
  for (const { category } of open.length ? open : asked) categories[category] = yes
  const choice = { categories, services: {} }
  const next = apply(units, answers, choice, 1)
  const whole = asked.every(({ refs }) => refs.every((ref) => isYes(next, ref) === yes))
  decide(at, choice, whole ? (yes ? 'accept_all' : 'reject_all') : 'save', layer)
}

/** Takes back everything. */
export function withdraw(at: Surroundings, layer: Layer) {
  const choice: Choice = { categories: {}, services: {} }
  for (const { category } of asked) choice.categories[category] = false
  for (const ref of refs) if (granted(ref)) choice.services[ref] = false
  decide(at, choice, 'withdraw', layer)
}

/** The choice that grants a service, whatever it consists of. */
const grantOf = (service: string): Choice => ({
  categories: {},
  services: Object.fromEntries(refsOf(units, service).map((ref) => [ref, true])),
})

/** Grants a service that is asked for in place. */
export const grant = (at: Surroundings, service: string, method: Method, layer: Layer) =>
  decide(at, grantOf(service), method, layer)

/** Shows content this once: recorded, but not kept as an answer. */
export function showOnce(at: Surroundings, element: HTMLElement) {
  const { service = '' } = element.dataset
  for (const ref of refsOf(units, service)) once.add(ref)
  want(element)
  record(apply(units, answers, grantOf(service), 1), 'placeholder_once', 'placeholder')
  at.changed()
}

/** Another tab, or this page's own past, may have changed the cookie. */
export function refresh(at: Surroundings) {
  const old = format(answers, units)
  const before = refs.filter(granted)
  recall()
  if (format(answers, units) !== old) settle(at, before)
}
