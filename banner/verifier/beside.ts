import { type About, Fault } from './fault.ts'
import type { Receipt } from './receipt.ts'
import type { DecisionRecord } from './record.ts'

/** What a receipt proves, as the JSON of one's decisions calls it. */
const proves = (receipt: Receipt, record: DecisionRecord): Record<string, unknown> => ({
  ledger: receipt.checkpoint.origin,
  index: receipt.index,
  id: record.id,
  site: record.site,
  time: new Date(record.time).toISOString(),
  notice: record.notice,
  notice_hash: record.noticeHash,
  bundle: record.bundle,
  bundle_hash: record.bundleHash,
  state: record.state,
  method: record.method,
  layer: record.layer,
  language: record.language,
  choice: JSON.parse(record.choice),
  gpc: record.gpc,
  skew_seconds: record.skew,
  visitor: record.visitor || null,
  previous: record.previous || null,
})

/** The same text for the same value, in whatever order its members stand. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/**
 * Holds what was said beside a proof against what it proves: every member that it
 * proves must say the same. Gives the names of the others.
 */
export function checkBeside(
  said: Record<string, unknown>,
  receipt: Receipt,
  record: DecisionRecord,
): About {
  const proven = proves(receipt, record)
  const names = Object.keys(proven)
  const others: string[] = []
  for (const [name, value] of Object.entries(said)) {
    if (!names.includes(name)) others.push(name)
    else if (ordered(value) !== ordered(proven[name])) {
      throw new Fault('beside', {
        name,
        said: ordered(value),
        log: ordered(proven[name]),
      })
    }
  }
  return { others: others.join(', ') || '–' }
}
