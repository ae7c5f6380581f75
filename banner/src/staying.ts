import { stayingNames, stays } from 'samtykke:rest'

/** Says what only the visitor can delete of what these services may have left. */
export function staying(left: string[]): string {
  const names = left.flatMap(
    (one) => stayingNames[one] ?? (one.includes('/') ? [] : one),
  )
  return names[0] ? ` ${stays.replace('{names}', [...new Set(names)].join(', '))}` : ''
}
