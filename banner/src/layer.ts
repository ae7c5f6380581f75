import { rtl } from 'samtykke:notice'
import { asked, granted, pending } from './answer.ts'
import { ask, release } from './ask.ts'
import { stuck } from './clear.ts'
import { onceDrawn } from './drawn.ts'
import { button, h } from './element.ts'
import { warn } from './guard.ts'
import type { Asked, Ref } from './host.ts'
import { drawLogo } from './logo.ts'
import { objects } from './objection.ts'
import { keepClear } from './over.ts'
import { base } from './page.ts'
import { withRest } from './part.ts'
import { post } from './record.ts'
import { dress } from './sheet.ts'
import { lang, text } from './speech.ts'
import css from './style.css'

/* The first layer: one section, with a question or with the way back. */

export const host = h('div', { id: 'samtykke', lang })
export const root = host.attachShadow({ mode: 'open' })
export const status = h('p', { role: 'status', tabindex: '-1' })
const content = h('div', {})
// Written the other way than the page, perhaps.
if (RTL) host.dir = rtl.includes(lang) ? 'rtl' : 'ltr'
let shown: unknown

root.append(status, content)
dress(root, css)

/** How often the section comes back into a page that throws it out. */
let patience = 20

/** Puts the section into the page, which may have no body yet. */
export function stand(where: 'prepend' | 'append') {
  if (!host.isConnected && patience--) document.body?.[where](host)
}

/** Fills the section, unless it is filled so. With nothing in it there is none. */
function fill(what: unknown, attributes: Record<string, string>, nodes: () => Node[]) {
  if (shown === what) return
  shown = what
  const filling = nodes()
  content.textContent = ''
  if (filling.length) content.append(h('section', attributes, ...filling))
}

function option({ category, name, purpose }: Asked) {
  const box = h('input', { type: 'checkbox', name: category })
  // What was ticked stays so when there is less to ask.
  box.checked = !!ticked()[category]
  const bold = h('b', {}, text(name as number))
  return h('label', {}, box, h('span', {}, bold, ` ${text(purpose as number)}`))
}

const p = (content: string) => h('p', {}, content)

/** A dialog is read from its heading on, and closed without an answer beside it. */
const head = () =>
  h(
    'div',
    { class: 'head' },
    h(HEADING, { id: 'title', tabindex: '-1', autofocus: '' }, text(TEXTS.heading)),
    button('leave', text(TEXTS.close), 'link'),
  )

const question = (units: Asked[]) => [
  ...(LOGO ? [drawLogo(text(TEXTS.logo))] : []),
  DIALOG ? head() : h(HEADING, { id: 'title' }, text(TEXTS.heading)),
  p(text(TEXTS.intro)),
  ...(SEVERAL ? units.map(option) : [p(text(TEXTS.purpose))]),
  p(text(TEXTS.necessary) + (objects() ? ` ${text(TEXTS.gpc)}` : '')),
  h(
    'div',
    { class: 'buttons' },
    ...(SEVERAL ? [button('save', text(TEXTS.save))] : []),
    button('accept', text(TEXTS.accept)),
    button('reject', text(TEXTS.reject)),
  ),
  h(
    'div',
    { class: 'rest' },
    button('open', text(TEXTS.details), 'link'),
    h(
      'a',
      { href: text(TEXTS.declaration_at) || `${base}/cookies?lang=${lang}` },
      text(TEXTS.declaration),
    ),
    h('a', { href: text(TEXTS.privacy_at) }, text(TEXTS.privacy)),
  ),
]

/** Whether it was counted that the question stood: once a page, and nobody is named. */
let counted: unknown

/** Since when the question has been seen, in milliseconds, while it stands. */
export let since: number | undefined

/** Whether the question stands though it is answered, as another way back. */
let again: boolean | undefined

export function askAgain() {
  again = ASKS
  show()
}

/** Whether the visitor closed the question without an answer: this page asks no more. */
let left: boolean

/** Closes the question; nothing is recorded, and the way back stays. */
export function leave() {
  left = true
  again = false
  show()
  document.body.append(host)
}

/** Puts what stood over the page at its end, where the way back is. */
function lower() {
  if (host.dataset.over !== 'said') return
  status.textContent = ''
  document.body.append(host)
  show()
}

/** Has the question make way for the panel; it comes back when that is closed. */
export const giveWay = () => release(root, content)

let lifted: unknown

/** Has the host lie over the page while it asks, and while it says something. */
function lift(asks: boolean) {
  if (DIALOG) (asks ? ask : release)(root, content, leave)
  const { dataset } = host
  const over = asks ? 'ask' : status.textContent && 'said'
  if (over && !lifted) lifted = keepClear(host, lower)
  if (over) dataset.over = over
  else delete dataset.over
}

/** Shows the question or the way back; changes only what is not as it should be. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a site has half of it
export function show() {
  const open = again ? asked : DIALOG && left ? [] : pending()
  if (ASKS && open.length) {
    // At the very top of the page.
    // A dialog is called so itself, and once is enough.
    fill(open.length, DIALOG ? {} : { 'aria-labelledby': 'title' }, () =>
      question(open),
    )
    stand('prepend')
    if (!counted)
      counted = onceDrawn(() => {
        since = Date.now()
        post('/shown', '').catch(warn)
      })
    if (OVER) lift(true)
    return
  }
  // What was said before the page had a body comes with it.
  if (status.textContent) stand('prepend')
  // The page's own controls stand in for ours, which wait until it has been read.
  const missing = (
    [
      ['open', TEXTS.open],
      ['withdraw', TEXTS.withdraw],
    ] as const
  ).filter(
    ([action], i) =>
      (!i || granted().length) &&
      document.readyState !== 'loading' &&
      !document.querySelector(`[data-samtykke=${action}]`),
  )
  fill(`${missing}`, { class: 'rest', 'aria-label': text(TEXTS.open) }, () =>
    missing.map(([action, words]) => button(action, text(words), 'link')),
  )
  if (missing.length) stand('append')
  if (OVER) lift(false)
}

/** What the visitor ticked. */
export const ticked = (): Record<string, boolean> =>
  Object.fromEntries(
    [...content.querySelectorAll('input')].map(({ name, checked }) => [name, checked]),
  )

/**
 * Says what has happened, to eyes and ears. When services have lost their consent,
 * the rest knows what only the visitor can delete.
 */
export function tell(words: number, lost: Ref[]) {
  again = since = undefined
  say(text(words))
  return (
    lost.length && withRest((rest) => status.append(rest.staying([...lost, ...stuck])))
  )
}

/** Gives focus to what was said, when the element that had it is gone. */
export function refocus() {
  // The question made way for the panel.
  if (DIALOG) show()
  if (document.activeElement === document.body) status.focus()
}

/** Puts words where visitors look, and where screen readers listen. */
export function say(words: string) {
  show()
  stand('prepend')
  status.textContent = words
  if (OVER) show()
}
