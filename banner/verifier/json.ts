import { isTable } from './choice.ts'
import { Fault } from './fault.ts'
import { readNames } from './proves.ts'

/** What stands in JSON, by name. */
export type Table = Record<string, unknown>

/** A receipt as somebody has it. */
export interface Given {
  proof: string
  /** What was said beside the proof; nothing in a .tlog-proof file. */
  said?: Table
  /** What else stands in the file. */
  around?: Table
}

/**
 * The receipts in the JSON that the banner and the visitor's page give to keep, and
 * in the answer to a request for access: the proof of each decision, as it stands
 * there, and what stands beside it. Nothing when the text is no such JSON, when no
 * decision in it has a proof, or when two readers may read two things in it.
 */
export function receiptsIn(text: string): Given[] | undefined {
  const { decisions, ...around } = parse(text) ?? {}
  if (!Array.isArray(decisions) || twice(text) !== undefined) return undefined
  const given = decisions.map((decision: Table | null): Given => {
    const { proof, ...said } = decision ?? {}
    return { proof: typeof proof === 'string' ? proof : '', said, around }
  })
  return given.some(({ proof }) => proof) ? given : undefined
}

/** Why JSON is no receipt. */
export function unlikeReceipt(text: string): Fault {
  const table = parse(text)
  const name = table && twice(text)
  if (name !== undefined) return new Fault('twice', { name })
  const { id, log } = table ?? {}
  return isTable(log) && typeof log.checkpoint === 'string'
    ? new Fault('answered', { id: String(id) })
    : new Fault('json')
}

function parse(text: string): Table | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isTable(value) ? value : undefined
  } catch {
    return undefined
  }
}

const folded = (name: string) => name.toUpperCase().toLowerCase()

const known = new Map(readNames.map((name) => [folded(name), name]))

/**
 * A name that stands twice in an object, whatever its case, or that is written in
 * another case than the one that is read. Takes JSON that can be parsed.
 */
function twice(json: string): string | undefined {
  const objects: Set<string>[] = []
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*:?|[{}]/g)) {
    if (token === '{') objects.push(new Set())
    if (token === '}') objects.pop()
    if (!token.endsWith(':')) continue
    const name: string = JSON.parse(token.slice(0, -1))
    const names = objects[objects.length - 1]
    if (!names || names.has(folded(name)) || isAlmost(name)) return name
    names.add(folded(name))
  }
  return undefined
}

/** Whether a name is one that is read, but for its case. */
const isAlmost = (name: string) => (known.get(folded(name)) ?? name) !== name
