import { toHex } from '../verifier/bytes.ts'
import { make } from '../verifier/element.ts'
import { facts } from '../verifier/facts.ts'
import { announcement } from '../verifier/result.ts'
import { type Verdict, verify } from '../verifier/verify.ts'
import type { Printed } from './arrival.ts'
import { namingOf } from './declared.ts'
import type { Decision, Holder } from './holder.ts'
import { copyOf, lang, text } from './parts.ts'

/** What can be done with a receipt that is shown. */
export type Deed = 'back' | 'print' | 'copy' | 'proof'

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
  const address = whole(keysAddress(decision.proof))
  const [code, naming, keys] = await Promise.all([
    holder.code(decision.id),
    namingOf(decision.notice, lang),
    keysAt(address),
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
  for (const what of ['back', 'print', 'copy', 'proof'] as const) {
    on(what, () => act(what))
  }
  return copy
}

/** An address as it stands on paper. */
const whole = (address: string) => new URL(address, document.baseURI).href

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

/** Where the log that a receipt names gives its keys: beside this page. */
function keysAddress(proof: string): string {
  const [origin = ''] = proof.slice(proof.indexOf('\n\n') + 2).split('\n')
  return `log/${encodeURIComponent(origin.split('/').pop() ?? '')}/keys`
}

/** The keys, or nothing: then the receipt stays unverified. */
async function keysAt(address: string): Promise<string> {
  const answer = await fetch(address)
  return answer.ok ? answer.text() : ''
}
