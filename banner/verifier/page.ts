import { unprovenAround } from './beside.ts'
import { find, make } from './element.ts'
import { type Field, type FieldName, field, textOf } from './field.ts'
import { type Given, receiptsIn } from './json.ts'
import { announcementOf, reportOf } from './result.ts'
import { choose, type Language, languageNames, languages } from './texts.ts'
import { type Verdict, verify, worstOf } from './verify.ts'

/** The page: its language, its two fields and what came of them. */
class Page {
  private lang: Language = choose([location.hash.slice(1), ...navigator.languages])
  /** One of each receipt: JSON can hold several. */
  private verdicts: Verdict[] = []
  /** The names of what stands around the receipts, and no log proves. */
  private unproven: string[] = []
  /** Counts what makes an earlier verdict worthless. */
  private changes = 0
  private readonly fields: Record<FieldName, Field> = {
    receipt: field('receipt', () => this.forget()),
    keys: field('keys', () => this.forget()),
  }

  start() {
    find('required').addEventListener('input', () => this.forget())
    this.offerLanguages()
    this.speak()
    find('check').addEventListener('click', () => void this.check())
    for (const name of ['receipt', 'keys'] as const) {
      const input = find<HTMLInputElement>(`${name}-file`)
      find(`${name}-choose`).addEventListener('click', () => input.click())
      input.addEventListener('change', () => void this.chosen(name, input))
    }
    this.takeDrops()
    find('page').hidden = false
  }

  private offerLanguages() {
    const buttons = Object.entries(languageNames).map(([lang, name]) => {
      const button = make('button', '', name)
      button.type = 'button'
      button.lang = lang
      button.addEventListener('click', () => {
        this.lang = lang as Language
        this.speak()
      })
      return make('li', '', button)
    })
    find('languages').append(...buttons)
  }

  /** Says everything in the language of the page. */
  private speak() {
    const words: Record<string, unknown> = languages[this.lang]
    document.documentElement.lang = this.lang
    document.title = languages[this.lang].heading
    for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
      element.textContent = String(words[element.dataset.text ?? ''])
    }
    find('nav').setAttribute('aria-label', languages[this.lang].languages)
    for (const button of find('languages').querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.lang === this.lang))
    }
    this.show()
  }

  private async chosen(name: FieldName, input: HTMLInputElement) {
    const [file] = input.files ?? []
    if (file) await this.fields[name].read(file, languages[this.lang])
    input.value = '' // the same file can be chosen again
  }

  /** Takes files that are dropped anywhere, and tells a receipt from keys. */
  private takeDrops() {
    const over = (on: boolean) => document.body.classList.toggle('over', on)
    document.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      over(true)
    })
    document.addEventListener('dragleave', () => over(false))
    document.addEventListener('drop', (event) => {
      const files = [...(event.dataTransfer?.files ?? [])]
      over(false)
      if (files.length === 0) return
      event.preventDefault()
      void this.dropped(files)
    })
  }

  private async dropped(files: File[]) {
    for (const file of files) {
      const isKeys = /^[^\s+]+\+[0-9a-f]{8}\+/.test((await textOf(file)) ?? '')
      await this.fields[isKeys ? 'keys' : 'receipt'].read(file, languages[this.lang])
    }
  }

  private async check() {
    const { receipt, keys } = this.fields
    if (!receipt.text().trim()) return receipt.miss(languages[this.lang])
    if (!keys.text().trim()) return keys.miss(languages[this.lang])
    const change = this.changes
    const required = find<HTMLInputElement>('required').value
    const quorum = required ? Number(required) : undefined
    const verdicts: Verdict[] = []
    const given: Given[] = receiptsIn(receipt.text()) ?? [
      { proof: tidy(receipt.text()) },
    ]
    for (const { proof, said, around } of given) {
      verdicts.push(await verify(proof, tidy(keys.text()), quorum, said, around))
    }
    if (change !== this.changes) return // they are about what stood there before
    this.verdicts = verdicts
    const records = verdicts.flatMap(({ record }) => record ?? [])
    this.unproven = unprovenAround(given[0]?.around ?? {}, records)
    this.show()
    find('verdict').scrollIntoView()
  }

  /** Takes a verdict away that is not about what stands there now. */
  private forget() {
    this.changes++
    this.verdicts = []
    const quorum = find('quorum')
    quorum.hidden = !hasWitness(this.fields.keys.text())
    if (quorum.hidden) find<HTMLInputElement>('required').value = ''
    this.show()
  }

  private show() {
    const box = find('verdict')
    const worst = worstOf(this.verdicts)
    box.className = worst ? `verdict ${worst.state}` : ''
    box.replaceChildren(...announcementOf(this.verdicts, this.lang, this.unproven))
    find('report').replaceChildren(...reportOf(this.verdicts, this.lang))
  }
}

/** Whether the key of a witness is among them: its first byte is 4. */
const hasWitness = (keys: string) => /\+[0-9a-f]{8}\+B[A-P]/.test(keys)

/** Text as it was before mail and copying: what surrounds it is not part of it. */
const tidy = (text: string) => `${text.replace(/\r\n?/g, '\n').trim()}\n`

export const start = () => new Page().start()
