import { parseChoice } from '../verifier/choice.ts'
import { make } from '../verifier/element.ts'
import { answered, type Naming } from '../verifier/facts.ts'
import { word } from '../verifier/texts.ts'
import { namingOf } from './declared.ts'
import type { Decision } from './holder.ts'
import { copyOf, lang, moment, text, words } from './parts.ts'

/** What can be done with one Decision. */
export type Act = 'open' | 'copy' | 'proof' | 'erase'

/** The list of Decisions. */
export function listOf(
  decisions: Decision[],
  act: (what: Act, decision: Decision) => void,
): Promise<Node[]> {
  return Promise.all(
    decisions.map(async (decision) =>
      item(decision, await namingOf(decision.notice, lang), act),
    ),
  )
}

function item(
  decision: Decision,
  naming: Naming,
  act: (what: Act, decision: Decision) => void,
): Node {
  const { copy, is, on } = copyOf('decision')
  const time = is<HTMLTimeElement>('time')
  time.dateTime = decision.time
  time.textContent = moment(decision.time)
  is('state').textContent = word(words.outcomes, decision.state)
  is('frozen').hidden = !decision.frozen || !!decision.held
  is('held').hidden = !decision.held
  is('held').textContent = heldFor(decision.ground, is('held').textContent)
  is('choice').append(...chosen(decision, naming))
  is('method').textContent = word(words.methods, decision.method)
  tell(is('until'), decision.stands_until, standings[decision.standing ?? ''])
  tell(is('deleted'), decision.deleted)
  const notice = is<HTMLAnchorElement>('notice')
  notice.textContent = `${decision.notice}`
  notice.href = `notices/${decision.notice}/cookies?lang=${decision.language}`
  is('id').textContent = decision.id
  for (const what of ['open', 'copy', 'proof', 'erase'] as const) {
    on(what, () => act(what, decision))
  }
  return copy
}

/** Says that it is held, and on what ground. */
function heldFor(ground: string | undefined, held: string): string {
  const why = ground && text(`ground_${ground}`)
  return why ? text('ground', { held, ground: why }) : held
}

/** What is said of how an answer stands. */
const standings: Record<string, string> = {
  not_replaced_here: 'not_replaced',
  asked_again: 'asks_again',
  replaced: 'replaced',
  ended: 'ended',
  not_asked: 'not_asked',
}

/** Says when, and what was then; a row without either goes. */
function tell(place: HTMLElement, time: string | undefined, what?: string) {
  const when = time ? moment(time) : ''
  if (when || what) place.textContent = what ? text(what, { time: when }) : when
  else place.parentElement?.remove()
}

/** What was answered, in the words of the reader where the notice has them. */
function chosen({ choice }: Decision, naming: Naming): HTMLElement[] {
  const rows = parseChoice(JSON.stringify(choice)) ?? []
  const seen = naming.lang === lang ? { ...naming, lang: '' } : naming
  return rows.map((row) =>
    make('li', row.granted ? '' : 'choice-no', ...answered(row, rows, words, seen)),
  )
}
