import { bundle, languages, site, texts } from 'samtykke:notice'
import { pick } from './language.ts'

const property = Object.getOwnPropertyDescriptor

/**
 * The address of this site at Samtykke, taken from our own script tag; undefined
 * when it cannot be known, or when another copy has the page already. The getter
 * of the prototype is asked, because an element that is named "currentScript"
 * hides the property of the document.
 */
export const base = ((): string | undefined => {
  const script: unknown = property(Document.prototype, 'currentScript')?.get?.call(document)
  if (property(window, 'samtykke') || !(script instanceof HTMLScriptElement)) return
  return script.src.match(`^(.*/${site})[./]`)?.[1]
})()

/** The language that the banner speaks on this page. */
export const lang = LANGUAGES
  ? pick(document.documentElement.lang, languages)
  : (languages[0] ?? '')

/** Loads a part that most pages do without. */
export const load = (part: string) => import(`${base}/${part}.${lang}.${bundle}.js`)

/** A fixed text in the page's language. */
export const text = (key: string) => texts[lang]?.[key] ?? ''

/** The name of our cookie and of our storage. */
export const ours = `samtykke-${site}`
