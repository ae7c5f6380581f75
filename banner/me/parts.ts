import { find, make } from '../verifier/element.ts'
import { moment as momentIn } from '../verifier/moment.ts'
import { choose, languages } from '../verifier/texts.ts'

/** The language of the page, and the words that it shares with the verifier. */
export const lang = choose([document.documentElement.lang])
export const words = languages[lang]

const said: Record<string, string> = JSON.parse(find('said').textContent)

/** A text of the page's own, with what it names filled in. */
export const text = (key: string, about: Record<string, string | number> = {}) =>
  (said[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => `${about[name] ?? ''}`)

/** Puts words where visitors look, and where screen readers listen. */
export const say = (message: string) => {
  find('status').textContent = message
}

/** A time in the language of the page. */
export const moment = (time: string) => momentIn(time, lang)

/** A copy of a template, and how to find what is named in it. */
export function copyOf(id: string) {
  const copy = find<HTMLTemplateElement>(id).content.cloneNode(true) as DocumentFragment
  const one = <T extends HTMLElement = HTMLElement>(selector: string) => {
    const element = copy.querySelector<T>(selector)
    if (!element) throw new Error(`the template has no ${selector}`)
    return element
  }
  return {
    copy,
    is: <T extends HTMLElement = HTMLElement>(name: string) =>
      one<T>(`[data-is=${name}]`),
    on: (name: string, press: () => void) =>
      one(`[data-do=${name}]`).addEventListener('click', press),
  }
}

/** Has the browser save a text as a file. */
export function save(name: string, type: string, content: string) {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = make('a', '')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
