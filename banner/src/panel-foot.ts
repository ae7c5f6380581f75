import { contacts, links, number, published, sections } from 'samtykke:panel'
import { h } from './element.ts'
import type { Host } from './host.ts'
import { link } from './panel-service.ts'
import { moment, text } from './panel-text.ts'

/** What the consent solution itself keeps: no part of the inventory. */
export const own = (level: number) => [
  h(`h${level}` as 'h3', {}, text('own')),
  h('p', {}, text('own_text')),
]

/** Whom to ask, in that order: controller, data protection officer, authority. */
export const contactViews = (level: number) =>
  contacts.map(({ title, lines, links }) =>
    h(
      'div',
      {},
      h(`h${level}` as 'h4', {}, title),
      h('p', {}, lines.join(', '), ...links.flatMap(([label, to]) => [' ', link(to, label)])),
    ),
  )

/** The version, its permanent address, and the privacy statement. */
export const version = ({ base, lang }: Host) =>
  h(
    'p',
    { class: 'links' },
    h('span', {}, text('version', { number, time: moment(published, lang) })),
    link(`${base}/notices/${number}/cookies?lang=${lang}`, text('permalink')),
    ...(links.privacy ? [link(links.privacy, text('privacy'))] : []),
  )

/** Address of the page with everything, for people without script too. */
export const declarationAddress = ({ base, lang }: Host) =>
  links.declaration || `${base}/cookies?lang=${lang}`

/** What page script could not remove, each with the way to its provider. */
export function stays(names: string[]) {
  if (!names.length) return []
  const item = (name: string) => {
    const service = sections
      .flatMap(({ services }) => services)
      .find(({ key, cookies }) => cookies.some(([own]) => name === own || name === `${key}/${own}`))
    const policy = service?.who.find(([, address]) => address)?.[1]
    return h('li', {}, name, ...(policy ? [' ', link(policy, text('policy'))] : []))
  }
  return [h('p', {}, text('stays')), h('ul', {}, ...names.map(item))]
}
