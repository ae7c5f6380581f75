import { make } from './element.ts'
import { facts } from './facts.ts'
import { fill, type Language, languages, type Words } from './texts.ts'
import type { Step, Verdict } from './verify.ts'

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
  if (!decisive) {
    const { index, checkpoint } = receipt ?? {}
    const about = { origin: checkpoint?.origin ?? '', index: index ?? '' }
    const witness = steps.find((step) => step.name === 'witness')
    const seen = witness ? [fill(words.done.witness, witness.about)] : []
    return [fill(words.holds_text, about), ...seen]
  }
  const failed = decisive.state === 'fails'
  const text = fill(failed ? words.fails_text : words.unknown_text, {
    number: steps.indexOf(decisive) + 1,
    step: words.step[decisive.name],
  })
  const why = decisive.why ? [fill(words.why[decisive.why], decisive.about)] : []
  const placed = steps.some((step) => step.name === 'tree' && step.state === 'holds')
  return [text, ...why, ...(!failed && placed ? [words.unknown_signer] : [])]
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
