import type { Answers } from './choice.ts'
import type { Ref, Unit } from './host.ts'

/*
 * The answer cookie: `1`, then for each answered unit its checksum, the second
 * of its oldest answer, and one digit for each of its services (no, yes, not
 * answered). It names no visitor. Example: `1.Zm9vYmt5k3w0~10`.
 */

/** How far in the future an answer may lie before it counts as damaged, in seconds. */
const ahead = 86400

/**
 * Reads a cookie value. A unit that has expired, or is asked anew under another
 * checksum, counts as not answered; so does everything when a part is damaged.
 */
export function parse(
  value: string,
  units: Unit[],
  now: number,
  validity: number,
): Answers {
  const answers: Record<Ref, number> = {}
  const [version, ...parts] = value.split('.')
  for (const part of version === '1' ? parts : []) {
    const [, sum = '', time = '', digits = ''] =
      part.match(/^([\w-]{6})(\w+)~([012]+)$/) ?? []
    // A unit that stands twice may say two things.
    if (!sum || value.indexOf(sum) < value.lastIndexOf(sum)) return {}
    const at = parseInt(time, 36)
    const refs = units.find((unit) => unit.sum === sum)?.refs
    if (refs?.length !== digits.length || at + validity <= now || at > now + ahead)
      continue
    refs.forEach((ref, i) => {
      const answer = [-at, at][digits[i] as unknown as number]
      if (answer) answers[ref] = answer
    })
  }
  return answers
}

/** Writes a cookie value. Units without any answer are left out. */
export const format = (answers: Answers, units: Unit[]) =>
  units.reduce((value, { sum, refs }) => {
    const times = refs.map((ref) => answers[ref] ?? 0)
    const at = Math.min(...times.filter(Boolean).map(Math.abs))
    const digits = times.map((time) => (time ? +(time > 0) : 2)).join('')
    return at < Infinity ? `${value}.${sum}${at.toString(36)}~${digits}` : value
  }, '1')

/** The second of the newest answer, 0 when there is none. */
export const newest = (answers: Answers) =>
  Math.max(0, ...Object.values(answers).map(Math.abs))
