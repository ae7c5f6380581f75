import type { Choice, Ref, Unit } from './host.ts'

/**
 * What has been answered, service by service: the second (since 1970) of a yes,
 * minus the second of a no. A service without an entry has not been answered,
 * which is neither.
 */
export type Answers = Readonly<Record<Ref, number>>

export const isYes = (answers: Answers, ref: Ref) => (answers[ref] as number) > 0

/** Whether everything that the unit asks for has an answer. */
export const isAnswered = (answers: Answers, refs: Ref[]) =>
  refs.every((ref) => answers[ref])

/** Everything that is asked for. */
export const refsIn = (units: Unit[]) => units.flatMap(({ refs }) => refs)

/** Everything that consent to a service consists of. */
export const refsOf = (units: Unit[], service: string) =>
  refsIn(units).filter((ref) => ref.endsWith(`/${service}`))

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
  const named = service
    ? refsOf(units, service).filter(
        (ref) => !category || ref === `${category}/${service}`,
      )
    : (units.find((unit) => unit.category === category)?.refs ?? [])
  if (!named.length) return null
  return (
    named.every((ref) => isYes(answers, ref)) ||
    (isAnswered(answers, named) ? false : undefined)
  )
}

/** The answers as a choice: what is not answered is denied. */
export function choiceOf(units: Unit[], answers: Answers): Choice {
  const choice: Choice = { categories: {}, services: {} }
  for (const { category, refs } of units) {
    const granted = refs.filter((ref) => isYes(answers, ref))
    const part = granted.length < refs.length
    if (category) choice.categories[category] = !part
    const told = category ? (part ? granted : []) : refs.filter((ref) => answers[ref])
    for (const ref of told) choice.services[ref] = isYes(answers, ref)
  }
  return choice
}

/** The answer after what a choice says of it. One that stays as it was keeps its time. */
const renew = (old: number | undefined, yes: boolean | undefined, now: number) =>
  yes === undefined || (old && old > 0 === yes) ? old : yes ? now : -now

/** The answers after a choice. */
export function apply(
  units: Unit[],
  answers: Answers,
  { categories, services }: Choice,
  now: number,
): Answers {
  const next: Record<Ref, number> = { ...answers }
  for (const { category, refs } of units) {
    const all = category ? categories[category] : undefined
    for (const ref of refs) {
      const answer = renew(answers[ref], services[ref] ?? all, now)
      if (answer) next[ref] = answer
    }
  }
  return next
}
