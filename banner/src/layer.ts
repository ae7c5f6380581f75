import { asked, granted, pending } from './answer.ts'
import { button, h } from './element.ts'
import type { Unit } from './host.ts'
import { base } from './page.ts'
import { withRest } from './part.ts'
import { objects } from './record.ts'
import { lang, text } from './speech.ts'
import css from './style.css'

/* The first layer: one section, with a question or with the way back. */

export const host = h('div', { id: 'samtykke', lang })
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

/** How often the section comes back into a page that throws it out. */
let patience = 20

/** Puts the section into the page, which may have no body yet. */
export function stand(where: 'prepend' | 'append') {
  if (host.isConnected || !document.body || !patience--) return
  document.body[where](host)
}

/** Fills the section, unless it is filled so. */
function fill(what: string, attributes: Record<string, string>, nodes: () => Node[]) {
  if (shown === what) return
  shown = what
  content.replaceChildren(h('section', attributes, ...nodes()))
}

function option({ category }: Unit) {
  const box = h('input', { type: 'checkbox', name: category })
  const name = h('b', {}, text(`name_${category}`))
  return h('label', {}, box, h('span', {}, name, ` ${text(`purpose_${category}`)}`))
}

const actions = SEVERAL ? ['save', 'accept', 'reject'] : ['accept', 'reject']

const p = (content: string) => h('p', {}, content)

const question = (units: Unit[]) => [
  h(HEADING, { id: 'title' }, text('heading')),
  p(text('intro')),
  ...(SEVERAL ? units.map(option) : [p(text('purpose'))]),
  p(text('necessary') + (objects() ? ` ${text('gpc')}` : '')),
  h(
    'div',
    { class: 'buttons' },
    ...actions.map((action) => button(action, text(action))),
  ),
  h(
    'div',
    { class: 'rest' },
    button('open', text('details'), 'link'),
    h(
      'a',
      { href: text('declaration_at') || `${base}/cookies?lang=${lang}` },
      text('declaration'),
    ),
    h('a', { href: text('privacy_at') }, text('privacy')),
  ),
]

/** Asks for the units, at the very top of the page. */
export function ask(units = asked) {
  fill('ask', { class: 'ask', 'aria-labelledby': 'title' }, () => question(units))
  stand('prepend')
}

/** Shows the question or the way back; changes only what is not as it should be. */
export function show() {
  const open = pending()
  if (ASKS && open.length) return ask(open)
  // The page's own controls stand in for ours.
  const missing = ['open', 'withdraw'].filter(
    (action, i) =>
      (!i || granted().length) && !document.querySelector(`[data-samtykke=${action}]`),
  )
  fill(`${missing}`, { class: 'rest', 'aria-label': text('open') }, () =>
    missing.map((action) => button(action, text(action), 'link')),
  )
  // What was said before the page had a body comes with it.
  if (status.textContent) stand('prepend')
  if (missing.length && document.readyState !== 'loading') stand('append')
}

/** What the visitor ticked. */
export const ticked = (): Record<string, boolean> =>
  Object.fromEntries(
    [...content.querySelectorAll('input')].map(({ name, checked }) => [name, checked]),
  )

/**
 * Says what has happened, to eyes and ears. `left` are services that have lost
 * their consent, and names of what they left: the rest knows what only the
 * visitor can delete.
 */
export function tell(key: string, left: string[]) {
  show()
  stand('prepend')
  status.textContent = text(key)
  if (left.length) withRest((rest) => status.append(rest.staying(left)))
}
