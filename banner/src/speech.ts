import { near, texts } from 'samtykke:notice'
import { pick } from './language.ts'
import { base } from './page.ts'

/** The language that the banner speaks on this page. */
export let lang = LANGUAGES
  ? pick(document.documentElement.lang, NEAR ? { ...texts, ...near } : texts, LANGUAGE)
  : LANGUAGE
if (NEAR) lang = near[lang] ?? lang

const parts: Record<string, Promise<unknown>> = {}

/**
 * Loads a part that most pages do without, once. Browsers remember an address that
 * could not be loaded: with another end it is another one.
 */
export function load<Part>(part: string) {
  if (!parts[part]) {
    parts[part] = import(`${base}/${part}.${lang}.${BUNDLE}.js#${Date.now()}`)
    parts[part].catch(() => setTimeout(() => delete parts[part], 5e3))
  }
  return parts[part] as Promise<Part>
}

/** A fixed text in the page's language, by its place. */
export const text = (at: number) => (texts[lang] as string[])[at] as string
