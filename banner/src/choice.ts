import type { Choice, Ref, Unit } from './host.ts'

/**
 * What has been answered. A service without an entry has not been answered,
 * which is neither a yes nor a no.
 */
export type Answers = Readonly<Record<Ref, boolean>>

/** Whether every service of the unit has an answer. */
export const isAnswered = (unit: Unit, answers: Answers) =>
  unit.refs.every((ref) => ref in answers)

/** The units that the banner still has to ask for. */
export const pending = (units: Unit[], answers: Answers) =>
  units.filter((unit) => !unit.service && !isAnswered(unit, answers))

/** Everything that consent to a service consists of. */
export const refsOf = (units: Unit[], service: string) =>
  units.flatMap((unit) => unit.refs.filter((ref) => ref.endsWith(`/${service}`)))

/**
 * The answer for what the markup names: true or false, undefined while there is
 * none, and null for a name that the Notice does not have.
 */
export function verdict(
  units: Unit[],
  answers: Answers,
  category: string,
  service: string,
): boolean | undefined | null {
  if (category === 'necessary') return true
  const refs = service
    ? refsOf(units, service).filter((ref) => !category || ref === `${category}/${service}`)
    : (units.find((unit) => !unit.service && unit.category === category)?.refs ?? [])
  if (!refs.length) return null
  if (refs.every((ref) => answers[ref])) return true
  return refs.every((ref) => ref in answers) ? false : undefined
}

/** The answers as a choice: what is not answered is denied. */
export function choiceOf(units: Unit[], answers: Answers): Choice {
  const choice: Choice = { categories: {}, services: {} }
  for (const { category, service, refs } of units) {
    const all = refs.every((ref) => answers[ref])
    if (!service) choice.categories[category] = all
    for (const ref of refs) {
      const answer = answers[ref]
      if (service ? answer !== undefined : answer && !all) {
        choice.services[ref] = !!answer
      }
    }
  }
  return choice
}

/** The answers after a choice. What it says nothing about stays as it was. */
export function apply(units: Unit[], answers: Answers, choice: Choice): Answers {
  const next: Record<Ref, boolean> = { ...answers }
  for (const { category, service, refs } of units) {
    for (const ref of refs) {
      const answer = choice.services[ref] ?? (service ? undefined : choice.categories[category])
      if (answer !== undefined) next[ref] = answer
    }
  }
  return next
}

/** Whether two sets of answers are the same. */
export const same = (a: Answers, b: Answers) =>
  Object.keys({ ...a, ...b }).every((ref) => a[ref] === b[ref])
