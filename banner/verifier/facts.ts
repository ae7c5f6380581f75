import { toBase64, toHex } from './bytes.ts'
import { type Granted, parseChoice } from './choice.ts'
import { make } from './element.ts'
import { moment } from './moment.ts'
import type { Receipt } from './receipt.ts'
import type { DecisionRecord } from './record.ts'
import {
  fill,
  type Language,
  languageNames,
  languages,
  visible,
  type Words,
  word,
} from './texts.ts'
import type { Signed, Verdict } from './verify.ts'

/** What is said under a term: words, or bytes and names as they are. */
type Fact = [term: string, ...says: (Node | string)[]]

/** How people call what a receipt has by its key. */
export interface Naming {
  /** The language of the names; empty for that of the page. */
  lang: string
  organisation(id: string): string
  site(key: string): string
  /** A category, or a service in it. */
  choice(category: string, service: string): string
  /** The services that an answer about a category covers, but for those of other answers. */
  covers?(category: string, answers: readonly Granted[]): string[]
}

/** By their keys: a receipt holds no names. */
const byKey = (words: Words): Naming => ({
  lang: '',
  organisation: (id) => id,
  site: (key) => key,
  choice: (category, service) => {
    const name = word(words.category, category)
    return service ? `${visible(service)} (${name})` : name
  },
})

/**
 * Everything that a receipt says, in words. Whoever knows how the Notice called
 * things tells, and the level of headings.
 */
export function facts(
  verdict: Verdict,
  lang: Language,
  naming: Naming = byKey(languages[lang]),
  heading: 'h2' | 'h3' = 'h3',
): HTMLElement[] {
  const { record, receipt } = verdict
  const words = languages[lang]
  const group = (title: string, list: Fact[]) =>
    make('section', '', make(heading, '', title), make('dl', '', ...list.map(pair)))
  return [
    ...(record
      ? [
          group(words.about_choice, choiceFacts(record, lang, naming)),
          group(words.about_shown, shownFacts(record, words)),
          group(words.about_receipt, ownFacts(record, words)),
        ]
      : []),
    ...(receipt ? [group(words.about_log, logFacts(receipt, verdict, words))] : []),
  ]
}

const pair = ([term, ...says]: Fact) =>
  make('div', '', make('dt', '', term), make('dd', '', ...says))

const code = (text: string) => make('code', '', visible(text))

function choiceFacts(record: DecisionRecord, lang: Language, naming: Naming): Fact[] {
  const words = languages[lang]
  return [
    [words.site, named(naming.site(record.site), naming)],
    [words.organisation, named(naming.organisation(record.organisation), naming)],
    [words.time, clock(record.time, lang)],
    [words.outcome, word(words.outcomes, record.state)],
    [words.choice, granted(record.choice, words, naming)],
    [words.method, word(words.methods, record.method)],
    [words.layer, word(words.layers, record.layer)],
  ]
}

/** A name, in the language that it is in. */
function named(name: string, { lang }: Naming): HTMLElement {
  const shown = make('span', '', visible(name))
  if (lang) shown.lang = lang
  return shown
}

function granted(json: string, words: Words, naming: Naming): Node | string {
  const rows = parseChoice(json)
  if (!rows) return words.unreadable_choice
  if (rows.length === 0) return words.nothing
  const lines = rows.map((row) => make('li', '', ...answered(row, rows, words, naming)))
  return make('ul', '', ...lines)
}

/** One answer by its names, and what an answer about a whole category is of. */
export function answered(
  { category, service, granted }: Granted,
  rows: Granted[],
  words: Words,
  naming: Naming,
): (Node | string)[] {
  const covered = service ? [] : (naming.covers?.(category, rows) ?? [])
  return [
    named(naming.choice(category, service), naming),
    ': ',
    make('strong', '', granted ? words.yes : words.no),
    ...(covered.length > 0 ? [' ', named(`(${covered.join(', ')})`, naming)] : []),
  ]
}

/** A time for people, and for programs the one that is recorded. */
function clock(time: number, lang: Language): HTMLElement {
  const shown = make('time', '', moment(time, lang))
  shown.dateTime = new Date(time).toISOString()
  return shown
}

function shownFacts(record: DecisionRecord, words: Words): Fact[] {
  return [
    [words.notice, String(record.notice)],
    [words.notice_hash, code(record.noticeHash)],
    [words.bundle, code(record.bundle)],
    [words.bundle_hash, code(record.bundleHash)],
    [words.language, word(languageNames, record.language)],
    [words.gpc, record.gpc ? words.gpc_yes : words.gpc_no],
  ]
}

function ownFacts(record: DecisionRecord, words: Words): Fact[] {
  return [
    [words.id, code(record.id)],
    [words.previous, record.previous ? code(record.previous) : words.previous_none],
    [words.visitor, record.visitor ? code(record.visitor) : words.visitor_none],
    [words.skew, skew(record.skew, words)],
    [words.raw, code(record.choice)],
  ]
}

function skew(seconds: number, words: Words): string {
  if (seconds === 0) return words.skew_none
  const text = seconds > 0 ? words.skew_ahead : words.skew_behind
  return fill(text, { seconds: Math.abs(seconds) })
}

function logFacts(receipt: Receipt, verdict: Verdict, words: Words): Fact[] {
  const { origin, size, root } = receipt.checkpoint
  const signers = verdict.signatures.map((signed) => signer(signed, words))
  return [
    [words.origin, code(origin)],
    [words.index, fill(words.index_text, { index: receipt.index })],
    [words.size, String(size)],
    [words.root, code(toBase64(root))],
    ...(verdict.leaf ? [[words.leaf, code(toHex(verdict.leaf))] as Fact] : []),
    [words.signatures, make('ul', '', ...signers)],
  ]
}

function signer(signed: Signed, words: Words): HTMLElement {
  return make(
    'li',
    signed.state,
    code(signed.name),
    ` (${fill(words.key_number, { id: signed.id })}): `,
    make('strong', '', words.signed[signed.state]),
  )
}
