import { make } from './element.ts'
import { facts } from './facts.ts'
import type { Why } from './fault.ts'
import { moment } from './moment.ts'
import { fill, type Language, languages, type Words } from './texts.ts'
import { type Step, type Verdict, worstOf } from './verify.ts'

/** The verdict in a few big words, and why. */
export function announcement(verdict: Verdict, lang: Language): HTMLElement[] {
  const words = languages[lang]
  return [
    make('h2', 'state', words.verdict[verdict.state]),
    ...reasons(verdict, words).map((text) => make('p', '', text)),
  ]
}

function reasons(verdict: Verdict, words: Words): string[] {
  const { decisive, receipt, steps } = verdict
  if (decisive) return objections(verdict, decisive, words)
  const { index, checkpoint } = receipt ?? {}
  const about = { origin: checkpoint?.origin ?? '', index: index ?? '' }
  const witness = steps.find((step) => step.name === 'witness')
  const seen = witness ? [fill(words.done.witness, witness.about)] : []
  return [fill(words.holds_text, about), ...seen]
}

/** Which step decided against it, why, and what to do about it. */
function objections({ steps }: Verdict, decisive: Step, words: Words): string[] {
  const failed = decisive.state === 'fails'
  const text = fill(failed ? words.fails_text : words.unknown_text, {
    number: steps.indexOf(decisive) + 1,
    step: words.step[decisive.name],
  })
  const why = decisive.why ? [fill(words.why[decisive.why], decisive.about)] : []
  if (failed) return [text, ...why]
  const placed = steps.some((step) => step.name === 'tree' && step.state === 'holds')
  const signer = placed ? [words.unknown_signer] : []
  return [text, ...why, ...repairOf(decisive, words), ...signer]
}

/** The reasons that say what to do. */
const selfExplaining: readonly Why[] = ['answered', 'ed25519', 'subtle', 'unexpected']

/** What to do about what was given; the other reasons say it themselves. */
function repairOf({ name, why }: Step, words: Words): string[] {
  if (why && selfExplaining.includes(why)) return []
  if (name === 'text') return [words.repair_receipt]
  return name === 'key' || name === 'signature' ? [words.repair_keys] : []
}

/**
 * The verdict of all receipts that were given: that of the worst, how many do what,
 * and what in the file none of them proves.
 */
export function announcementOf(
  verdicts: Verdict[],
  lang: Language,
  around: string[] = [],
): HTMLElement[] {
  const words = languages[lang]
  const worst = worstOf(verdicts)
  if (!worst) return []
  const [heading = make('h2', ''), ...why] = announcement(worst, lang)
  const more = unproven(verdicts, around, languages[lang])
  if (verdicts.length === 1) return [heading, ...why, ...more]
  const count = (state: Verdict['state']) =>
    verdicts.filter((verdict) => verdict.state === state).length
  const counts = {
    all: verdicts.length,
    holds: count('holds'),
    fails: count('fails'),
    unknown: count('unknown'),
  }
  return [heading, make('p', '', fill(words.several, counts)), ...more]
}

/** What stands in the file, and no log shows. */
function unproven(verdicts: Verdict[], around: string[], words: Words): HTMLElement[] {
  const beside = verdicts
    .flatMap(({ steps }) => steps.filter(({ name }) => name === 'beside'))
    .flatMap(({ about }) => String(about.others ?? '–').split(', '))
  const names = new Set([...beside, ...around].filter((name) => name !== '–'))
  if (names.size === 0) return []
  return [
    make('p', 'unproven', fill(words.unproven, { others: [...names].join(', ') })),
  ]
}

/** The report of a receipt; of several, each behind its own verdict. */
export function reportOf(verdicts: Verdict[], lang: Language): HTMLElement[] {
  const [first] = verdicts
  if (first && verdicts.length === 1) return report(first, lang)
  return verdicts.map((verdict, i) => {
    const [heading, ...why] = announcement(verdict, lang)
    const time = verdict.record ? `, ${moment(verdict.record.time, lang)}` : ''
    const title = `${i + 1}${time}: ${heading?.textContent}`
    return make(
      'details',
      verdict.state,
      make('summary', '', make('span', 'state', title)),
      ...why,
      ...report(verdict, lang),
    )
  })
}

/** Everything else: the steps, what the receipt says, what it proves. */
export function report(verdict: Verdict, lang: Language): HTMLElement[] {
  const words = languages[lang]
  const sections = [
    make(
      'section',
      '',
      make('h2', '', words.steps),
      make('ol', 'steps', ...verdict.steps.map((step) => line(step, words))),
    ),
  ]
  const says = facts(verdict, lang)
  if (says.length > 0) {
    const doubt =
      verdict.state === 'holds' ? [] : [make('p', 'doubt', words.says_unproven)]
    sections.push(
      make('section', 'facts', make('h2', '', words.says), ...doubt, ...says),
    )
  }
  const proves = [words.proves_unchanged, words.proves_not, words.proves_witness]
  if (verdict.state === 'holds') {
    const list = proves.map((text) => make('li', '', text))
    sections.push(
      make('section', '', make('h2', '', words.proves), make('ul', 'plain', ...list)),
    )
  }
  return sections
}

function line(step: Step, words: Words): HTMLElement {
  return make(
    'li',
    step.state,
    make('strong', '', words.step[step.name]),
    make('span', 'state', words.state[step.state]),
    ...explained(step, words).map((text) => make('p', '', text)),
  )
}

function explained(step: Step, words: Words): string[] {
  if (step.state === 'holds') return [fill(words.done[step.name], step.about)]
  return step.why ? [fill(words.why[step.why], step.about)] : []
}
