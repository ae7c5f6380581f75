import { isTable, parseChoice } from './choice.ts'
import { type About, Fault } from './fault.ts'
import type { Table } from './json.ts'
import { proves } from './proves.ts'
import type { Receipt } from './receipt.ts'
import type { DecisionRecord } from './record.ts'

/** The same text for the same value, in whatever order its members stand. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    isTable(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

function same(name: string, said: unknown, log: unknown) {
  if (ordered(said) === ordered(log)) return
  throw new Fault('beside', {
    name,
    said: ordered(said) ?? '–',
    log: ordered(log) ?? '–',
  })
}

/**
 * Holds what was said beside a proof, and around it, against what it proves: every
 * member that it proves must say the same, and what follows from it. Gives the names
 * of what else stands beside it.
 */
export function checkBeside(
  said: Table,
  around: Table,
  receipt: Receipt,
  record: DecisionRecord,
): About {
  for (const [name, proven] of Object.entries(proves)) {
    if (name in said) same(name, said[name], proven(record, receipt))
  }
  if ('answers' in said) checkAnswers(said.answers, record)
  if ('site' in around) same('site', around.site, record.site)
  for (const { number, hash } of noticesIn(around)) {
    if (number === record.notice) same('notices[].hash', hash, record.noticeHash)
  }
  const others = Object.keys(said).filter((name) => !Object.keys(proves).includes(name))
  const named = others.map((name) => (name === 'answers' ? 'answers[].name' : name))
  return { others: named.join(', ') || '–' }
}

/** Holds the answers, one by one, against the choice. */
function checkAnswers(said: unknown, record: DecisionRecord) {
  const list = Array.isArray(said) ? said : []
  const answers = list.map((each) => (isTable(each) ? [each.key, each.granted] : []))
  const granted = (parseChoice(record.choice) ?? []).map((row) => [
    row.service ? `${row.category}/${row.service}` : row.category,
    row.granted,
  ])
  same('answers', answers.map(String).sort(), granted.map(String).sort())
}

const noticesIn = ({ notices }: Table): Table[] =>
  Array.isArray(notices) ? notices.filter(isTable) : []

/** The names of what stands around decisions and none of them proves. */
export function unprovenAround(around: Table, records: DecisionRecord[]): string[] {
  const names = Object.keys(around).flatMap((name) => {
    if (name === 'site') return []
    if (name !== 'notices' || noticesIn(around).length === 0) return [name]
    return noticesIn(around).flatMap(({ number, hash: _, ...more }, i) =>
      records.some(({ notice }) => notice === number)
        ? Object.keys(more).map((each) => `notices[].${each}`)
        : [`notices[${i}]`],
    )
  })
  return [...new Set(names)]
}
