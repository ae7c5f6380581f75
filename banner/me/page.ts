import { find } from '../verifier/element.ts'
import { type Arrival, arrive, isToken, type Noted } from './arrival.ts'
import { declared } from './declared.ts'
import { fileOf } from './file.ts'
import { type Decision, erasable, Holder } from './holder.ts'
import { type Act, listOf } from './list.ts'
import { type Deed, paperOf } from './paper.ts'
import { lang, moment, save, say, text, words } from './parts.ts'
import { sure } from './sure.ts'

/** How many were erased, and how many are kept all the same. */
interface Counts {
  erased: number
  kept: number
}

/** The page: whose it is, what is recorded, and which receipt is open. */
class Page {
  private holder: Holder | undefined
  private decisions: Decision[] = []
  /** What the visitor came for, until it is shown. */
  private noted: Arrival['noted']

  start() {
    if (isCopy()) return showAsCopy()
    find('enter').hidden = false
    find('enter').addEventListener('submit', (event) => {
      event.preventDefault()
      void this.entered()
    })
    for (const [what, act] of Object.entries({
      save: () => this.save(this.decisions, 'samtykke.json'),
      freeze: () => this.freeze(true),
      release: () => this.freeze(false),
      erase: () => this.eraseAll(),
    })) {
      const button = find('all').querySelector(`[data-do=${what}]`)
      button?.addEventListener('click', () => void trying(act))
    }
    this.keepTokenAcrossLanguages()
    addEventListener('hashchange', () => this.arrive())
    addEventListener('popstate', ({ state }) => this.travel(state?.receipt))
    this.arrive()
  }

  /** Takes a token or a receipt's number from the address. */
  private arrive() {
    const { token, noted } = arrive()
    this.noted = noted ?? this.noted
    const word = wordOf(noted)
    if (word) find('noted').textContent = word
    find('noted').hidden = !word
    if (token) void this.enter(token)
  }

  private async entered() {
    const field = find<HTMLInputElement>('key')
    const token = field.value.trim()
    const right = isToken(token)
    field.ariaInvalid = right ? null : 'true'
    find('key-wrong').textContent = right ? '' : text('malformed')
    if (!right) return field.focus()
    field.value = ''
    await this.enter(token)
  }

  private async enter(token: string) {
    await trying(async () => {
      const holder = new Holder(token)
      if (!(await this.accepted(holder))) return
      this.holder = holder
      find(this.decisions.length ? 'count' : 'status').focus()
      await this.openNoted()
    })
  }

  /** Shows what a key authorises, or says that it is none. */
  private async accepted(holder: Holder): Promise<boolean> {
    try {
      await this.show(holder)
      return true
    } catch (refused) {
      if (!(refused instanceof Response && refused.status === 401)) throw refused
      find<HTMLInputElement>('key').ariaInvalid = 'true'
      find('key-wrong').textContent = text('wrong')
      find('key').focus()
      return false
    }
  }

  /** Opens the receipt that the visitor came for, or says that it is not here. */
  private async openNoted() {
    const { noted } = this
    this.noted = undefined
    if (noted === 'unreadable') return this.tell(text('unreadable'))
    const decision = this.decisions.find(({ id }) => id === noted?.receipt)
    if (decision) return this.open(decision, true, noted)
    if (noted) this.tell(text('gone', { receipt: noted.receipt }))
  }

  /** Says something, and goes there. */
  private tell(message: string) {
    say(message)
    find('status').focus()
  }

  /** Shows what is recorded now. */
  private async show(holder: Holder) {
    this.decisions = await holder.decisions()
    const count = this.decisions.length
    const items = await listOf(this.decisions, (what, decision) => {
      void trying(() => this.act(what, decision))
    })
    find('decisions').replaceChildren(...items)
    find('count').textContent = text(count === 1 ? 'count_one' : 'count_other', {
      count,
    })
    find('mine').classList.toggle(
      'frozen-all',
      this.decisions.every(({ frozen }) => frozen),
    )
    // What the visitor cannot release is not offered.
    const held = !this.decisions.some(({ frozen, held }) => frozen && !held)
    find('mine').classList.toggle('held', held)
    find('mine').hidden = !count
    find('enter').hidden = !!count
    say(count ? '' : text('none'))
  }

  private async act(what: Act, decision: Decision) {
    if (what === 'open') return this.open(decision, true)
    if (what === 'erase') return this.erase(decision)
    return this.give(what, decision)
  }

  /** Gives the number of a receipt, or the receipt itself. */
  private async give(what: Exclude<Deed, 'back' | 'print'>, decision: Decision) {
    const { id, proof } = decision
    if (what === 'proof') return save(`${id}.tlog-proof`, 'text/plain', proof)
    if (what === 'json') return this.save([decision], `${id}.json`)
    if (what === 'file') return this.saveAsPage(decision)
    await navigator.clipboard.writeText(id)
    say(text('copied'))
  }

  private async saveAsPage(decision: Decision) {
    if (!this.holder) return
    save(`${decision.id}.html`, 'text/html', await fileOf(this.holder, decision))
  }

  /** Saves Decisions, with what each Notice said of purposes and recipients. */
  private async save(decisions: Decision[], name: string) {
    const notices = new Set(decisions.map(({ notice }) => notice))
    const said = [...notices].map(async (n) => [n, await declared(n, lang)] as const)
    const all = { decisions, notices: Object.fromEntries(await Promise.all(said)) }
    save(name, 'application/json', JSON.stringify(all, null, 2))
  }

  private async freeze(on: boolean) {
    await this.change('me/frozen', on ? 'PUT' : 'DELETE', () => {
      if (on) return 'frozen'
      return this.decisions.some(({ frozen }) => frozen) ? 'held' : 'released'
    })
  }

  private async eraseAll() {
    const count = this.decisions.filter(erasable).length
    const kept = this.decisions.length - count
    if (!count) return this.tell(text('kept_all', { kept }))
    if (await sure(text(kept ? 'sure_some' : 'sure_all', { count, kept }))) {
      await this.change('me', 'DELETE', ({ kept, erased }) => {
        if (!kept) return 'erased_all'
        return erased ? 'kept' : 'kept_all'
      })
    }
  }

  private async erase(decision: Decision) {
    const { id, time } = decision
    if (!erasable(decision)) return this.tell(text('kept_one'))
    if (await sure(text('sure_one', { time: moment(time) }))) {
      await this.change(`receipts/${id}`, 'DELETE', ({ kept }) =>
        kept ? 'kept_one' : 'erased_one',
      )
    }
  }

  /** Has the server change something, and says so where what was pressed may be gone. */
  private async change(
    address: string,
    method: string,
    done: (counts: Counts) => string,
  ) {
    if (!this.holder) return
    const answer = await this.holder.ask(address, method)
    const { kept = 0, erased = 0 }: Partial<Counts> = await answer.json()
    await this.show(this.holder)
    this.tell(text(done({ kept, erased }), { kept }))
  }

  /** Opens a receipt, as a step that the browser's Back takes back. */
  private async open(decision: Decision, step: boolean, noted?: Noted) {
    if (!this.holder) return
    const act = (what: Deed) => void trying(() => this.handle(what, decision))
    const paper = await paperOf(this.holder, decision, noted?.printed, act)
    find('receipt').replaceChildren(paper)
    if (step) history.pushState({ receipt: decision.id }, '')
    this.turn(true)
    find('receipt').querySelector('h1')?.focus()
    scrollTo(0, 0)
  }

  private async handle(what: Deed, decision: Decision) {
    if (what === 'back') return history.back()
    if (what === 'print') return print()
    return this.give(what, decision)
  }

  /** Follows the browser's Back and Forward. */
  private travel(receipt: string | undefined) {
    if (location.hash) return // a place on the page
    const decision = this.decisions.find(({ id }) => id === receipt)
    if (decision) return void trying(() => this.open(decision, false))
    const left =
      find('receipt').querySelector('[data-is=facts]') && !find('receipt').hidden
    this.turn(false)
    if (left) find('count').focus()
  }

  /** Shows the receipt, or all the rest. */
  private turn(toReceipt: boolean) {
    find('receipt').hidden = !toReceipt
    find('start').hidden = toReceipt
    find('mine').hidden = toReceipt || !this.decisions.length
    say('')
  }

  /** The same page in another language gets the token the same way: never sent. */
  private keepTokenAcrossLanguages() {
    for (const link of find('languages').querySelectorAll('a')) {
      link.addEventListener('click', () => {
        if (!this.holder) return
        const receipt = history.state?.receipt
        link.hash = this.holder.token + (receipt ? `&receipt=${receipt}` : '')
        setTimeout(() => {
          link.hash = ''
        })
      })
    }
  }
}

/** Whether this is a copy that a browser saved: the server sends neither of these filled. */
const isCopy = () =>
  ['receipt', 'decisions'].some((id) => find(id).childElementCount > 0)

/** Takes away what a copy cannot do, and what it cannot know. */
function showAsCopy() {
  find('noted').hidden = true
  const gone =
    '#enter, #all, .tools, #decisions button, [data-is=checked], [data-is=printed], .verdict'
  for (const part of document.querySelectorAll(gone)) part.remove()
  for (const signed of document.querySelectorAll('.told li.holds')) {
    signed.className = 'unknown'
    signed.querySelector('strong')?.replaceChildren(words.signed.unknown)
  }
  say(text('copy'))
}

/** What is said at once to whoever comes with a code, before there is a key. */
function wordOf(noted: Arrival['noted']): string {
  if (noted === 'unreadable') return text('unreadable')
  const { receipt, printed } = noted ?? {}
  return receipt && printed ? text('noted', { receipt, ...printed }) : ''
}

/** Does something, and says so when it fails. */
async function trying(act: () => Promise<void> | void) {
  try {
    await act()
  } catch (refused) {
    const busy = refused instanceof Response && refused.status === 429
    say(text(busy ? 'busy' : 'failed'))
  }
}

export const start = () => new Page().start()
