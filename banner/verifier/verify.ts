import { checkBeside } from './beside.ts'
import { type Bytes, join, same } from './bytes.ts'
import { type About, Fault, type Why } from './fault.ts'
import type { Table } from './json.ts'
import {
  type Checkpoint,
  isSigned,
  type Key,
  parseKeys,
  type Signature,
} from './note.ts'
import { parseReceipt, type Receipt } from './receipt.ts'
import { type DecisionRecord, parseRecord } from './record.ts'
import { leafOf, rootFrom } from './tree.ts'

/** Unknown: it could not be looked at. */
export type State = 'holds' | 'fails' | 'unknown'

export type StepName =
  | 'text'
  | 'record'
  | 'key'
  | 'signature'
  | 'tree'
  | 'witness'
  | 'beside'

export interface Step {
  name: StepName
  state: State
  why?: Why
  about: About
}

/** A signature under the checkpoint, and what is known of it. */
export interface Signed extends Signature {
  state: State
}

/** What there is to say of a receipt, and as much of it as can be read. */
export interface Verdict {
  state: State
  /** The step that decided; none when all hold. */
  decisive?: Step
  steps: Step[]
  receipt?: Receipt
  record?: DecisionRecord
  leaf?: Bytes
  signatures: Signed[]
}

/**
 * Verifies a receipt with the keys of its log. Every step is taken that can be,
 * also after one has failed. The receipt holds only when all of them do. With the
 * keys of witnesses, as many of them as are required must have signed: more than
 * half when no number is given. Nothing is said against a receipt whose log has signed
 * with a key that was not given, nor against what is no receipt: its state is unknown.
 * What was said beside the proof, and around it, must agree with it.
 */
export async function verify(
  text: string,
  keyText: string,
  required?: number,
  said?: Table,
  around: Table = {},
): Promise<Verdict> {
  const verdict: Verdict = { state: 'unknown', steps: [], signatures: [] }
  const take = stepper(verdict.steps)

  const receipt = await take('text', () => parseReceipt(text), {})
  if (receipt) verdict.receipt = receipt
  const record = await take('record', receipt && (() => parseRecord(receipt.record)))
  if (record) verdict.record = record
  const keys = await take(
    'key',
    receipt && (() => keysOf(receipt.checkpoint.origin, keyText)),
  )
  if (receipt) {
    verdict.signatures = receipt.checkpoint.signatures.map((signature) => ({
      ...signature,
      state: 'unknown',
    }))
  }
  const signed = await take(
    'signature',
    receipt &&
      keys &&
      (async () => {
        await checkSigned(receipt.checkpoint, keys, verdict.signatures)
        return true as const
      }),
  )
  await take(
    'tree',
    receipt &&
      (async () => {
        verdict.leaf = await leafOf(receipt.salt, receipt.record)
        await checkRoot(receipt, verdict.leaf)
      }),
    { count: receipt?.path.length ?? 0 },
  )
  if (keys) await takeWitnesses(take, keys, verdict.signatures, { signed, required })
  if (said) await takeBeside(take, said, around, verdict)
  return judged(verdict)
}

/** Holds when every step does; one that fails outweighs what is unknown. */
function judged(verdict: Verdict): Verdict {
  const decisive =
    verdict.steps.find((step) => step.state === 'fails') ??
    verdict.steps.find((step) => step.state === 'unknown')
  verdict.state = decisive ? decisive.state : 'holds'
  if (decisive) verdict.decisive = decisive
  return verdict
}

/** The verdict that weighs most: one that fails, else one that is unknown. */
export const worstOf = (verdicts: Verdict[]): Verdict | undefined =>
  verdicts.find(({ state }) => state === 'fails') ??
  verdicts.find(({ state }) => state === 'unknown') ??
  verdicts[0]

/** Takes steps and keeps what comes of them. Without work a step stays unknown. */
function stepper(steps: Step[]) {
  return async <T>(
    name: StepName,
    work: (() => T | Promise<T>) | undefined,
    about: About = {},
  ): Promise<T | undefined> => {
    const step: Step = { name, state: 'unknown', about }
    steps.push(step)
    if (!work) return undefined
    try {
      const value = await work()
      step.state = 'holds'
      return value
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault('unexpected')
      step.state = fault.unable ? 'unknown' : 'fails'
      step.why = fault.why
      step.about = fault.about
      return undefined
    }
  }
}

/** Reads the keys. One of them must bear the log's name. */
async function keysOf(origin: string, text: string): Promise<Key[]> {
  const keys = await parseKeys(text)
  if (!keys.some((key) => key.name === origin && !key.witness)) {
    throw new Fault('key_origin', { origin, names: keys.map((k) => k.name).join(', ') })
  }
  return keys
}

/**
 * Checks every signature that a key was given for. All of them must hold, and
 * one must be the log's own; others are left alone.
 */
async function checkSigned(checkpoint: Checkpoint, keys: Key[], signatures: Signed[]) {
  const text = join(checkpoint.text)
  for (const signature of signatures) {
    const key = keys.find((k) => k.name === signature.name && k.id === signature.id)
    if (key)
      signature.state = (await isSigned(key, signature, text)) ? 'holds' : 'fails'
  }
  const forged = signatures.find((signature) => signature.state === 'fails')
  if (forged) throw new Fault('forged', { name: forged.name })
  const own = (of: { name: string }) => of.name === checkpoint.origin
  const signed = signatures.filter(own)
  if (!signed.some((signature) => signature.state === 'holds')) {
    throw new Fault('unsigned', { given: ids(keys.filter(own)), found: ids(signed) })
  }
}

/** Takes the step of what stands beside the proof, in the JSON of one's decisions. */
async function takeBeside(
  take: ReturnType<typeof stepper>,
  said: Table,
  around: Table,
  { receipt, record }: Verdict,
) {
  const about = {}
  const check = (receipt: Receipt, record: DecisionRecord) => () =>
    Object.assign(about, checkBeside(said, around, receipt, record))
  await take('beside', receipt && record && check(receipt, record), about)
}

/** Takes the step of the witnesses, when the key of one is there. */
async function takeWitnesses(
  take: ReturnType<typeof stepper>,
  keys: Key[],
  signatures: Signed[],
  { signed, required }: { signed: true | undefined; required: number | undefined },
) {
  const witnesses = keys.filter((key) => key.witness)
  if (witnesses.length === 0) return
  const about = {}
  const count = () => Object.assign(about, checkQuorum(witnesses, signatures, required))
  await take('witness', signed && count, about)
}

/** Counts the witnesses that have signed. One of them under two names counts once. */
function checkQuorum(witnesses: Key[], signatures: Signed[], given?: number): About {
  const all = witnesses.length
  const required = given ?? Math.floor(all / 2) + 1
  const twice = witnesses.find((key, i) =>
    witnesses.slice(0, i).some((k) => k.name === key.name || same(k.bytes, key.bytes)),
  )
  if (twice) throw new Fault('witness_twice', { name: twice.name })
  if (!(required >= 1 && required <= all)) throw new Fault('quorum', { required, all })
  const count = witnesses.filter((key) =>
    signatures.some(
      (s) => s.state === 'holds' && s.name === key.name && s.id === key.id,
    ),
  ).length
  if (count < required) throw new Fault('unwitnessed', { count, all, required })
  return { count, all, required }
}

const ids = (list: { id: string }[]) => list.map((each) => each.id).join(', ') || '–'

async function checkRoot(receipt: Receipt, leaf: Bytes) {
  const { size, root } = receipt.checkpoint
  const reached = await rootFrom(leaf, receipt.index, size, receipt.path)
  if (!same(reached, root)) throw new Fault('root')
}
