import { companies, type Row, type Service, storages } from 'samtykke:panel'
import * as say from 'samtykke:say'
import { h } from './element.ts'
import { fill, link, paragraph, title } from './panel-part.ts'

/** The roles hold where a narrow screen stacks the cells. */
function table(rows: Row[]) {
  const columns = [say.name, say.purpose, say.lifetime, say.storage]
  const row = (cells: HTMLElement[]) => h('tr', { role: 'row' }, ...cells)
  const group = (tag: 'thead' | 'tbody', rows: HTMLElement[]) =>
    h(tag, { role: 'rowgroup' }, ...rows)
  const head = columns.map((column) =>
    h('th', { role: 'columnheader', scope: 'col' }, column),
  )
  const body = rows.map(([name, note, purpose, lifetime, storage, lang]) =>
    row([
      h('th', { role: 'rowheader', scope: 'row' }, h('code', {}, name), note),
      ...[
        lang ? h('span', { lang, dir: 'auto' }, purpose) : purpose,
        lifetime,
        storages[storage] ?? '',
      ].map((cell, i) =>
        h('td', { role: 'cell', 'data-label': columns[i + 1] as string }, cell),
      ),
    ]),
  )
  return h(
    'table',
    { role: 'table' },
    group('thead', [row(head)]),
    group('tbody', body),
  )
}

/** The companies behind a service, each with the way to its privacy policy. */
export const companiesOf = ({ who }: Service) =>
  who.map((place) => {
    const [said = '', policy] = companies[place] ?? []
    return paragraph(said, ...link(say.policy, policy))
  })

/**
 * A service: its name (with a checkbox, where there is something to choose), its
 * purpose, the companies behind it and everything that it stores.
 */
export function serviceView(
  service: Service,
  rows: Row[],
  level: number,
  box?: HTMLInputElement,
) {
  const { key, name, purpose } = service
  return h(
    'div',
    { class: 'service', 'data-service': key },
    title(level, name, box),
    ...(purpose ? [paragraph(purpose)] : []),
    h(
      'details',
      {},
      h('summary', {}, fill(say.what, { name, count: rows.length })),
      ...companiesOf(service),
      table(rows),
    ),
  )
}
