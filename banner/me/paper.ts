import { toHex } from '../verifier/bytes.ts'
import { make } from '../verifier/element.ts'
import { facts } from '../verifier/facts.ts'
import { announcement } from '../verifier/result.ts'
import { type Verdict, verify } from '../verifier/verify.ts'
import type { Printed } from './arrival.ts'
import { namingOf } from './declared.ts'
import type { Decision, Holder } from './holder.ts'
import { copyOf, lang, text } from './parts.ts'
import { placeOf, whole } from './place.ts'

/** What can be done with a receipt that is shown. */
export type Deed = 'back' | 'print' | 'copy' | 'file' | 'json' | 'proof'

/**
 * A receipt as a page to read and print, with what its proof is worth; and whether
 * it is the same as one that was printed before.
 */
export async function paperOf(
  holder: Holder,
  decision: Decision,
  printed: Printed | undefined,
  act: (what: Deed) => void,
): Promise<Node> {
  const [code, naming, { address, keys }] = await Promise.all([
    holder.code(decision.id),
    namingOf(decision.notice, lang),
    placeOf(decision),
  ])
  const verdict = await verify(decision.proof, keys)
  const { copy, is, on } = copyOf('paper')
  is<HTMLImageElement>('code').src = `data:image/svg+xml,${encodeURIComponent(code)}`
  is<HTMLAnchorElement>('keys').href = address
  const page = is<HTMLAnchorElement>('verify')
  page.href = whole(page.getAttribute('href') ?? '')
  is('log-keys').textContent = keys.trim()
  is('printed').hidden = !printed
  if (printed)
    is('printed').textContent = text(fits(verdict, printed) ? 'fits' : 'differs')
  is('checked').hidden = verdict.state !== 'holds'
  is('verdict').classList.add(verdict.state)
  is('verdict').append(...judgement(verdict))
  is('facts').append(...facts(verdict, lang, naming, 'h2'))
  for (const what of ['back', 'print', 'copy', 'file', 'json', 'proof'] as const) {
    on(what, () => act(what))
  }
  return copy
}

/** Whether the log has what was printed, where it stood. */
function fits({ receipt, leaf }: Verdict, printed: Printed): boolean {
  return (
    !!leaf &&
    toHex(leaf) === printed.leaf &&
    receipt?.index === printed.index &&
    receipt.checkpoint.origin.endsWith(`/${printed.log}`)
  )
}

/** The verdict in a few words; and why, unless it holds. */
function judgement(verdict: Verdict): Node[] {
  const [heading, ...why] = announcement(verdict, lang)
  const reasons = verdict.state === 'holds' ? [] : why
  return [
    make('strong', '', heading?.textContent ?? ''),
    ...reasons.map((reason) => make('span', 'line', reason.textContent)),
  ]
}
