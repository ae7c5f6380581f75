import type { Row, Service } from 'samtykke:panel'
import { h } from './element.ts'
import { text } from './panel-text.ts'

const columns = ['name', 'purpose', 'lifetime', 'storage']

/** A link out of the page. */
export const link = (address: string, label: string) =>
  h('a', { href: address, rel: 'noreferrer' }, label)

/** One cookie. The roles hold where a narrow screen stacks the cells. */
function row(service: string, [name, note, ...cells]: Row) {
  return h(
    'tr',
    { role: 'row', 'data-service': service, 'data-name': name },
    h('th', { role: 'rowheader', scope: 'row' }, h('code', {}, name), note && ` (${note})`),
    ...cells.map((cell, i) =>
      h('td', { role: 'cell', 'data-label': text(columns[i + 1] ?? '') }, cell),
    ),
  )
}

function table(service: string, rows: Row[]) {
  return h(
    'table',
    { role: 'table' },
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        ...columns.map((key) => h('th', { role: 'columnheader', scope: 'col' }, text(key))),
      ),
    ),
    h('tbody', { role: 'rowgroup' }, ...rows.map((cells) => row(service, cells))),
  )
}

/**
 * A service: its name (with a checkbox, where there is something to choose), its
 * purpose, the companies behind it and everything that it stores.
 */
export function serviceView(
  { key, name, purpose, who, cookies }: Service,
  level: number,
  open: boolean,
  box?: HTMLInputElement,
) {
  const details = h(
    'details',
    {},
    h('summary', {}, text('what', { name, count: cookies.length })),
    ...who.map(([said, policy]) =>
      h('p', {}, said, ...(policy ? [' ', link(policy, text('policy'))] : [])),
    ),
    cookies.length ? table(key, cookies) : '',
  )
  details.open = open
  return h(
    'div',
    { class: 'service' },
    h(`h${level}` as 'h4', {}, box ? h('label', {}, box, name) : name),
    h('p', {}, purpose),
    details,
  )
}
