import type { Receipt } from './receipt.ts'
import type { DecisionRecord } from './record.ts'

type Proven = (record: DecisionRecord, receipt: Receipt) => unknown

/** What a record calls as the JSON of one's decisions does. */
const alike = [
  ...(['id', 'site', 'notice', 'bundle', 'state', 'method'] as const),
  ...(['layer', 'language', 'gpc'] as const),
]

/** What a receipt proves, as the JSON of one's decisions calls it. */
export const proves: Record<string, Proven> = {
  ledger: (_, { checkpoint }) => checkpoint.origin,
  index: (_, { index }) => index,
  time: ({ time }) => new Date(time).toISOString(),
  notice_hash: ({ noticeHash }) => noticeHash,
  bundle_hash: ({ bundleHash }) => bundleHash,
  choice: ({ choice }) => JSON.parse(choice),
  skew_seconds: ({ skew }) => skew,
  visitor: ({ visitor }) => visitor || null,
  previous: ({ previous }) => previous || null,
  ...Object.fromEntries(
    alike.map((name): [string, Proven] => [name, (record) => record[name]]),
  ),
}

/** All names of JSON that are read. */
export const readNames = [
  ...Object.keys(proves),
  ...['decisions', 'proof', 'answers', 'key', 'granted', 'notices', 'number', 'hash'],
  ...['log', 'checkpoint'],
]
