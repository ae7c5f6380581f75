import { en } from './text-en.ts'
import { nb } from './text-nb.ts'
import { nn } from './text-nn.ts'
import { se } from './text-se.ts'

/** Everything that the page says, in one language. */
export type Words = typeof nb

export const languages = { nb, nn, se, en }

export type Language = keyof typeof languages

/** The languages in their own words. */
export const languageNames: Record<Language, string> = {
  nb: 'Bokmål',
  nn: 'Nynorsk',
  se: 'Davvisámegiella',
  en: 'English',
}

/** Tags of the same languages, and of those whose readers know one of ours. */
const nearest = new Map<string, Language>([
  ['nb', 'nb'],
  ['no', 'nb'],
  ['nn', 'nn'],
  ['se', 'se'],
  ['sme', 'se'],
  ['sma', 'nb'],
  ['smj', 'nb'],
  ['da', 'nb'],
  ['sv', 'nb'],
  ['en', 'en'],
])

/** The language to speak to somebody who wishes for these, best first. */
export function choose(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const known = nearest.get(wish.toLowerCase().replace(/-.*/, ''))
    if (known) return known
  }
  return 'en'
}

/** Puts what a text names in the place of {name}. */
export const fill = (text: string, about: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => visible(String(about[name] ?? '')))

/**
 * A text from a receipt or a file, without characters that cannot be seen or
 * that turn others around: they could make it look like something else.
 */
export const visible = (text: string) =>
  text.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16)}}`,
  )

/** The words for a value of a fixed list; one that is not on it stays as it is. */
export const word = (list: Record<string, string>, value: string) =>
  Object.entries(list).find(([key]) => key === value)?.[1] ?? visible(value)
