import { h } from './element.ts'

/** A fixed text with its {names} filled in. */
export const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => `${values[name]}`)

/** A moment in words. Browsers that know no Northern Sami dates say it in bokmål. */
export const moment = (time: number | string, lang: string) =>
  new Date(time).toLocaleString([lang, 'nb'], { dateStyle: 'long', timeStyle: 'short' })

export const title = (level: number, ...content: (Node | string)[]) =>
  h(`h${level}` as 'h3', {}, ...content)

export const paragraph = (...content: (Node | string)[]) => h('p', {}, ...content)

/** A link out of the page, after a space; nothing without an address. */
export const link = (label: string, address?: string): (Node | string)[] =>
  address ? [' ', h('a', { href: address }, label)] : []
