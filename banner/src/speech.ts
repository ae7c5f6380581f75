import { near, texts } from 'samtykke:notice'
import { pick } from './language.ts'
import { base } from './page.ts'

const tag = LANGUAGES
  ? pick(document.documentElement.lang, NEAR ? { ...texts, ...near } : texts, LANGUAGE)
  : LANGUAGE

/** The language that the banner speaks on this page. */
export const lang = NEAR ? (near[tag] ?? tag) : tag

/** Loads a part that most pages do without. */
export const load = (part: string) => import(`${base}/${part}.${lang}.${BUNDLE}.js`)

/** A fixed text in the page's language, by its place. */
export const text = (at: number) => (texts[lang] as string[])[at] ?? ''
