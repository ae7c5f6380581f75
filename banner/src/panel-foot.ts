import {
  contacts,
  type Entry,
  links,
  number,
  published,
  sections,
  services,
} from 'samtykke:panel'
import * as say from 'samtykke:say'
import { h } from './element.ts'
import type { Host } from './host.ts'
import { fill, link, moment, paragraph, title } from './panel-part.ts'
import { companiesOf } from './panel-service.ts'

/** What the consent solution itself keeps, whom to ask, and which version it is. */
export const foot = ({ base, lang }: Host, level: number) => [
  title(level, say.own),
  paragraph(say.own_text),
  title(level, say.contacts),
  ...contacts.map(({ title, lines, links }) =>
    paragraph(
      h('b', {}, title),
      lines,
      ...links.flatMap(([label, to]) => link(label, to)),
    ),
  ),
  h(
    'p',
    { class: 'rest' },
    fill(say.version, { number, time: moment(published, lang) }),
    ...link(say.permalink, `${base}/notices/${number}/cookies?lang=${lang}`),
    ...link(say.declaration, links.declaration || `${base}/cookies?lang=${lang}`),
    ...link(say.privacy, links.privacy),
  ),
]

/** What page script could not remove, each with the companies behind it. */
export function stays(names: string[]) {
  const item = (name: string) => {
    const has = ([, rows]: Entry) => rows.some(([own]) => name.startsWith(own))
    const entry = sections.flatMap((section) => section.has).find(has)
    const service = entry && services[entry[0]]
    return h('li', {}, name, ...(service ? companiesOf(service) : []))
  }
  return names.length ? [paragraph(say.stays), h('ul', {}, ...names.map(item))] : []
}
