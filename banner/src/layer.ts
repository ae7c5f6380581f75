import { categories, heading, links } from 'samtykke:notice'
import { button, h } from './element.ts'
import type { Unit } from './host.ts'
import { base, lang, say, text } from './page.ts'
import { objects } from './record.ts'
import css from './style.css'

/* The first layer: one section, with a question or with the way back. */

const host = h('div', { id: 'samtykke', lang })
export const root = host.attachShadow({ mode: 'open' })
const status = h('p', { role: 'status' })
const content = h('div', {})
let shown = ''

/** Fills the root. */
export function dress() {
  root.append(status, content)
  // Safari before 16.4 throws: it knows no sheet that `style-src 'self'` allows.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
}

/** Puts the section into the page, which may have no body yet. */
export function stand(where: 'prepend' | 'append') {
  if (!host.isConnected) document.body?.[where](host)
}

/** Shows a section, unless it is what is shown. */
function show(what: string, section: () => Node) {
  if (shown === what) return
  shown = what
  content.replaceChildren(section())
}

function option({ category }: Unit) {
  const { name, purpose } = categories[category] ?? {}
  const box = h('input', { type: 'checkbox', name: category })
  return h('label', {}, box, h('span', {}, h('b', {}, say(name)), ` ${say(purpose)}`))
}

function question(units: Unit[]) {
  const choices = SEVERAL
    ? units.map(option)
    : units.map(({ category }) => h('p', {}, say(categories[category]?.purpose)))
  const actions = SEVERAL ? ['save', 'accept', 'reject'] : ['accept', 'reject']
  const declaration = say(links.declaration) || `${base}/cookies?lang=${lang}`
  return h(
    'section',
    { class: 'ask', 'aria-labelledby': 'title' },
    h(`h${heading}` as 'h2', { id: 'title' }, text('heading')),
    h('p', {}, text('intro')),
    ...choices,
    h('p', {}, `${text('necessary')} ${objects() ? text('gpc') : ''}`),
    h('div', { class: 'buttons' }, ...actions.map((action) => button(action, text(action)))),
    h(
      'div',
      { class: 'rest' },
      button('open', text('details'), 'link'),
      h('a', { href: declaration }, text('declaration')),
      h('a', { href: say(links.privacy) }, text('privacy')),
    ),
  )
}

/** Asks for the units, at the very top of the page. */
export function ask(units: Unit[]) {
  show('ask', () => question(units))
  stand('prepend')
}

/** Leaves controls by which the visitor comes back. */
export const rest = (actions: string[]) =>
  show(`${actions}`, () =>
    h(
      'section',
      { class: 'rest', 'aria-label': text('open') },
      ...actions.map((action) => button(action, text(action), 'link')),
    ),
  )

/** What the visitor ticked. */
export const ticked = (): Record<string, boolean> =>
  Object.fromEntries(
    [...content.querySelectorAll('input')].map(({ name, checked }) => [name, checked]),
  )

/** Says what has happened, to eyes and ears. */
export function tell(key: string, names: string[] = []) {
  stand('prepend')
  status.textContent =
    text(key) + (names.length ? ` ${text('stays').replace('{names}', names.join(', '))}` : '')
}
