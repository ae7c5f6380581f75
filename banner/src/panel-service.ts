import { companies, type Row, type Service, storages } from 'samtykke:panel'
import * as say from 'samtykke:say'
import { h } from './element.ts'
import { fill, link, paragraph, title } from './panel-part.ts'

/** A row of cells. The roles hold where a narrow screen stacks them. */
const row = (cells: HTMLElement[]) => h('tr', { role: 'row' }, ...cells)

function table(service: string, rows: Row[]) {
  const columns = [say.name, say.purpose, say.lifetime, say.storage]
  const head = columns.map((column) => h('th', { role: 'columnheader', scope: 'col' }, column))
  const body = rows.map(([name, note, purpose, lifetime, storage]) => {
    const first = h('th', { role: 'rowheader', scope: 'row' }, h('code', {}, name), note)
    const others = [purpose, lifetime, storages[storage]].map((cell = '', i) =>
      h('td', { role: 'cell', 'data-label': columns[i + 1] ?? '' }, cell),
    )
    const made = row([first, ...others])
    made.dataset.service = service
    made.dataset.name = name
    return made
  })
  const rowgroup = { role: 'rowgroup' }
  return h(
    'table',
    { role: 'table' },
    h('thead', rowgroup, row(head)),
    h('tbody', rowgroup, ...body),
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
    { class: 'service' },
    title(level, box ? h('label', {}, box, name) : name),
    paragraph(purpose),
    h(
      'details',
      {},
      h('summary', {}, fill(say.what, { name, count: rows.length })),
      ...companiesOf(service),
      table(key, rows),
    ),
  )
}
