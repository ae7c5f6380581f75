import type { Answers } from './choice.ts'
import type { Ref, Unit } from './host.ts'

/**
 * The answer cookie: `1`, then for each answered unit its checksum, one digit
 * for each of its services (no, yes, not answered) and the second of the answer.
 * It names no visitor. Example: `1.Zm9vYm-10~t5k3w0`.
 */
const form = /^1(?:\.[\w-]{6}[012]+~[0-9a-z]{1,8})*$/

const longest = 4096

/** How far a clock may run ahead before an answer counts as damaged, in seconds. */
const ahead = 86400

export interface Stored {
  answers: Answers
  /** When each unit was answered, in seconds since 1970, by checksum. */
  times: Readonly<Record<string, number>>
}

export const nothing: Stored = { answers: {}, times: {} }

/**
 * Reads a cookie value. What is damaged, expired or asked anew under another
 * checksum counts as not answered. Gives null when the value is not ours.
 */
export function parse(
  value: string,
  units: Unit[],
  now: number,
  validity: number,
): Stored | null {
  if (value.length > longest || !form.test(value)) return null
  const answers: Record<Ref, boolean> = {}
  const times: Record<string, number> = {}
  for (const part of value.split('.').slice(1)) {
    const sum = part.slice(0, 6)
    const [digits = '', time = ''] = part.slice(6).split('~')
    const at = parseInt(time, 36)
    const unit = units.find((unit) => unit.sum === sum)
    if (unit?.refs.length !== digits.length) continue
    if (at + validity <= now || at > now + ahead) continue
    times[sum] = at
    unit.refs.forEach((ref, i) => {
      if (digits[i] !== '2') answers[ref] = digits[i] === '1'
    })
  }
  return { answers, times }
}

/** Writes a cookie value. Units without any answer are left out. */
export function format({ answers, times }: Stored, units: Unit[]): string {
  const parts = units
    .filter(({ refs }) => refs.some((ref) => ref in answers))
    .map(({ sum, refs }) => {
      const digits = refs.map((ref) => (ref in answers ? +!!answers[ref] : 2))
      return `.${sum}${digits.join('')}~${(times[sum] ?? 0).toString(36)}`
    })
  return `1${parts.join('')}`
}

/** The time of the newest answer in a cookie value, for choosing between two. */
export const newest = ({ times }: Stored) => Math.max(0, ...Object.values(times))

/** New answers with the time of each unit whose answer they change. */
export function renew(old: Stored, answers: Answers, units: Unit[], now: number): Stored {
  const times: Record<string, number> = { ...old.times }
  for (const { sum, refs } of units) {
    if (refs.some((ref) => answers[ref] !== old.answers[ref])) times[sum] = now
  }
  return { answers, times }
}

/** The values of every cookie of that name: several, when their scopes differ. */
export const valuesOf = (cookies: string, name: string) =>
  cookies
    .split('; ')
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
