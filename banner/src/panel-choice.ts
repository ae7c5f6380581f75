import type { Choice, Ref, Unit } from './host.ts'

/** Whether a choice lets a service run; in place only its own answer counts. */
export function grants(
  { categories, services }: Choice,
  unit: Unit,
  ref: Ref,
): boolean {
  return services[ref] ?? (!!unit.category && !!categories[unit.category])
}

/**
 * The choice that grants these services. A category is granted when all of it
 * is; else what is granted of it is named. A service that is asked for in place
 * is named when it is granted, or was until now: silence is no answer.
 */
export function chosen(units: Unit[], granted: Ref[], before: Choice): Choice {
  const choice: Choice = { categories: {}, services: {} }
  const yes = (ref: Ref) => granted.includes(ref)
  for (const unit of units) {
    const all = unit.refs.every(yes)
    if (unit.category) choice.categories[unit.category] = all
    const named = unit.category
      ? (ref: Ref) => yes(ref) && !all
      : (ref: Ref) => yes(ref) || grants(before, unit, ref)
    for (const ref of unit.refs.filter(named)) choice.services[ref] = yes(ref)
  }
  return choice
}
