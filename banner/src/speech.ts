import { keys, spoken, texts } from 'samtykke:notice'
import { pick } from './language.ts'
import { base } from './page.ts'

/** The language that the banner speaks on this page. */
export const lang = LANGUAGES
  ? pick(document.documentElement.lang, spoken, LANGUAGE)
  : LANGUAGE

/** Loads a part that most pages do without. */
export const load = (part: string) => import(`${base}/${part}.${lang}.${BUNDLE}.js`)

/** A fixed text in the page's language. */
export const text = (key: string) => (texts[lang] as string[])[keys.indexOf(key)] ?? ''
