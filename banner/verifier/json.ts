/**
 * The receipts in the JSON that the banner and the visitor's page give to keep: the
 * proof of each decision, as it stands there. Nothing when the text is not such
 * JSON, or when no decision in it has a proof, as in the answer to a choice.
 */
export function receiptsIn(text: string): string[] | undefined {
  const { decisions } = parse(text) ?? {}
  if (!Array.isArray(decisions)) return undefined
  const proofs = decisions
    .map((decision: { proof?: unknown } | null) => decision?.proof)
    .filter((proof) => typeof proof === 'string')
  return proofs.length > 0 ? proofs : undefined
}

function parse(text: string): { decisions?: unknown } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
