/** A receipt as somebody has it. */
export interface Given {
  proof: string
  /** What was said beside the proof; nothing in a .tlog-proof file. */
  said?: Record<string, unknown>
}

/**
 * The receipts in the JSON that the banner and the visitor's page give to keep: the
 * proof of each decision, as it stands there, and what stands beside it. Nothing when
 * the text is not such JSON, or when no decision in it has a proof, as in the answer
 * to a choice.
 */
export function receiptsIn(text: string): Given[] | undefined {
  const { decisions } = parse(text) ?? {}
  if (!Array.isArray(decisions)) return undefined
  const given = decisions.map((decision: Record<string, unknown> | null): Given => {
    const { proof, ...said } = decision ?? {}
    return { proof: typeof proof === 'string' ? proof : '', said }
  })
  return given.some(({ proof }) => proof) ? given : undefined
}

function parse(text: string): { decisions?: unknown } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
