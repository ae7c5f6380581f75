import type { Receipt } from './receipt.ts'
import type { DecisionRecord } from './record.ts'

/** What a receipt proves, as the JSON of one's decisions calls it. */
export const proves: Record<
  string,
  (record: DecisionRecord, receipt: Receipt) => unknown
> = {
  ledger: (_, { checkpoint }) => checkpoint.origin,
  index: (_, { index }) => index,
  id: ({ id }) => id,
  site: ({ site }) => site,
  time: ({ time }) => new Date(time).toISOString(),
  notice: ({ notice }) => notice,
  notice_hash: ({ noticeHash }) => noticeHash,
  bundle: ({ bundle }) => bundle,
  bundle_hash: ({ bundleHash }) => bundleHash,
  state: ({ state }) => state,
  method: ({ method }) => method,
  layer: ({ layer }) => layer,
  language: ({ language }) => language,
  choice: ({ choice }) => JSON.parse(choice),
  gpc: ({ gpc }) => gpc,
  skew_seconds: ({ skew }) => skew,
  visitor: ({ visitor }) => visitor || null,
  previous: ({ previous }) => previous || null,
}

/** All names of JSON that are read. */
export const readNames = [
  ...Object.keys(proves),
  ...['decisions', 'proof', 'answers', 'key', 'granted', 'notices', 'number', 'hash'],
  ...['log', 'checkpoint'],
]
