import { site, stored, units } from 'samtykke:notice'
import { answer } from './answer.ts'
import { apply, choiceOf, isAnswered, pending, refsOf, same, verdict } from './choice.ts'
import { clear } from './clear.ts'
import type { Gate } from './gate.ts'
import type { Choice, Layer, Method, Ref } from './host.ts'
import type { Keeper } from './memory.ts'
import type { recorder } from './record.ts'
import type { reporter } from './report.ts'
import { renew } from './store.ts'

/** The name of our cookie and of our storage. */
export const own = `samtykke-${site}`

const asked = units.filter((unit) => !unit.service)

export interface Surroundings {
  memory: Keeper
  record: ReturnType<typeof recorder>
  report: ReturnType<typeof reporter>
  gate: Gate
  /** The layers follow: what was said, and what the visitor must delete. */
  said(key: string, names: string[]): void
  changed(): void
}

/** What the visitor has answered, and everything that follows from it. */
export function decisions() {
  const cookie = answer(own)
  let answers = cookie.read().answers
  /** Shown this once, on this page. */
  const once = new Set<Ref>()
  const stuck = new Set<string>()
  const granted = (ref: Ref) => !!answers[ref] || once.has(ref)

  function tidy({ report }: Pick<Surroundings, 'report'>) {
    clear(own, granted, stuck, (item, gone) => {
      const name = `${item.ref.split('/')[1]}/${item.name}`
      if (item.left) report('residual', name)
      if (!gone) report('stuck', name)
    })
  }

  /** Names of what a withdrawal leaves behind on the device. */
  const left = (before: (ref: Ref) => boolean) =>
    STAYS
      ? stored
          .filter((item) => item.stays && before(item.ref) && !granted(item.ref))
          .map((item) => item.name)
      : []

  /** Acts on answers that have changed: close first, then clear, then open. */
  function follow(at: Surroundings, before: (ref: Ref) => boolean, withdrawn: boolean) {
    if (withdrawn) once.clear()
    const ran = at.gate.close(withdrawn)
    if (CLEARS) tidy(at)
    at.gate.open()
    at.changed()
    const names = [...new Set([...left(before), ...stuck])]
    if (names.length) at.said('', names)
    if (ran) {
      at.memory.write({ tell: names })
      location.reload()
    }
  }

  function decide(at: Surroundings, choice: Choice, method: Method, layer: Layer) {
    const old = cookie.read()
    const next = apply(units, old.answers, choice)
    if (same(old.answers, next)) return at.said('saved', [])
    const shown = new Set(once)
    const before = (ref: Ref) => !!old.answers[ref] || shown.has(ref)
    answers = next
    cookie.write(renew(old, next, units, cookie.now()))
    at.record.add(choiceOf(units, next), method, layer)
    const withdrawn = units.every(({ refs }) => !refs.some((ref) => next[ref]))
    at.said(withdrawn && units.some(({ refs }) => refs.some(before)) ? 'withdrawn' : 'saved', [])
    // The press is answered on screen before the work that follows from it.
    setTimeout(() => follow(at, before, withdrawn))
  }

  const all = (value: boolean) => {
    const open = pending(units, answers)
    const categories: Record<string, boolean> = {}
    for (const { category } of open.length ? open : asked) categories[category] = value
    return { categories, services: {} }
  }

  /** The method as the log knows it, for a press on one of the two equal buttons. */
  const methodOf = (choice: Choice, value: boolean): Method => {
    const next = apply(units, answers, choice)
    const whole = asked.every(({ refs }) => refs.every((ref) => next[ref] === value))
    return whole ? (value ? 'accept_all' : 'reject_all') : 'save'
  }

  return {
    decide,
    answers: () => answers,
    stuck,
    tidy,
    pending: () => pending(units, answers),
    isAnswered: () => asked.every((unit) => isAnswered(unit, answers)),
    granted: () => units.some(({ refs }) => refs.some(granted)),
    verdict: (category: string, service: string) => verdict(units, answers, category, service),
    /** A press on accept or decline: for what is being asked, else for everything. */
    answerAll(at: Surroundings, value: boolean, layer: Layer) {
      const choice = all(value)
      decide(at, choice, methodOf(choice, value), layer)
    },
    withdraw(at: Surroundings, layer: Layer) {
      const choice: Choice = { categories: {}, services: {} }
      for (const { category, service, refs } of units) {
        if (!service) choice.categories[category] = false
        else for (const ref of refs) if (granted(ref)) choice.services[ref] = false
      }
      decide(at, choice, 'withdraw', layer)
    },
    /** Content that is shown this once: recorded, but not kept as an answer. */
    showOnce({ record }: Surroundings, service: string) {
      const choice = choiceOf(units, answers)
      for (const ref of refsOf(units, service)) {
        once.add(ref)
        choice.services[ref] = true
      }
      record.add(choice, 'placeholder_once', 'placeholder')
    },
    /** Another tab, or the page's own past, may have changed the cookie. */
    refresh(at: Surroundings) {
      const old = answers
      answers = cookie.read().answers
      if (same(old, answers)) return
      follow(at, (ref) => !!old[ref], !units.some(({ refs }) => refs.some((ref) => answers[ref])))
    },
  }
}

/** The choice that grants a service, whatever it consists of. */
export const grantOf = (service: string): Choice => ({
  categories: {},
  services: Object.fromEntries(refsOf(units, service).map((ref) => [ref, true])),
})
