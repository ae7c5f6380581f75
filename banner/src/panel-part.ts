import { h } from './element.ts'

/**
 * A fixed text with its {names} filled in: from right to left, each apart from what
 * is around it (U+2068 and U+2069).
 */
export const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) =>
    DIR === 'rtl' ? `\u2068${values[name]}\u2069` : `${values[name]}`,
  )

/** A moment as Norwegians write it; bokmål where a browser knows no Northern Sami. */
export const moment = (time: number | string, lang: string) =>
  new Date(time).toLocaleString([`${lang}-NO`, 'nb'], {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'Europe/Oslo',
  })

/** A heading; with a box it is the box's label. */
export const title = (level: number, text: string, box?: HTMLInputElement) =>
  h(`h${level}` as 'h3', {}, box ? h('label', {}, box, text) : text)

export const paragraph = (...content: (Node | string)[]) => h('p', {}, ...content)

/** A link out of the page, after a space; nothing without an address. */
export const link = (label: string, address?: string): (Node | string)[] =>
  address ? [' ', h('a', { href: address }, label)] : []
