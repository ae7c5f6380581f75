import { heading, places, texts } from 'samtykke:places'
import { h } from './element.ts'
import type { PlaceHost } from './host.ts'
import css from './place.css'

/*
 * Placeholders: a file of its own, in the page's language, which is loaded when
 * a page holds content that is asked for in place.
 */

const standing = new Map<HTMLElement, HTMLElement>()

/** Takes over the size that the markup gives the content; sizes are CSS's work. */
function takeSize(from: HTMLElement, { style }: HTMLElement) {
  const [width, height] = ['width', 'height'].map((name) => from.getAttribute(name) ?? '')
  const pixels = /^\d+$/
  if (width && pixels.test(width)) style.width = `${width}px`
  if (height && pixels.test(height)) {
    if (style.width) style.aspectRatio = `${width}/${height}`
    else style.minHeight = `${height}px`
  }
  const own = from.style
  if (own.width) style.width = own.width
  if (own.height) style.minHeight = own.height
  if (own.aspectRatio) style.aspectRatio = own.aspectRatio
}

/** Does what was pressed, and moves focus to what comes in place of the placeholder. */
function replace(element: HTMLElement, act: () => void) {
  const { previousElementSibling: before, parentElement: parent } = standing.get(element) ?? element
  act()
  setTimeout(() => {
    let first = before ? before.nextElementSibling : parent?.firstElementChild
    while (first?.localName === 'script') first = first.nextElementSibling
    if (!(first instanceof HTMLElement)) return
    if (first.tabIndex < 0) first.tabIndex = -1
    first.focus()
  })
}

function draw(element: HTMLElement, service: string, host: PlaceHost) {
  const { name = '', to = '', warning = '', link = '' } = places[service] ?? {}
  const fill = (text: string) => text.replace('{name}', name).replace('{to}', to)
  const button = (label: string, act: () => void) => {
    const made = h('button', { type: 'button' }, label)
    made.onclick = () => replace(element, act)
    return made
  }
  return h(
    'div',
    { class: 'place' },
    h(`h${heading}` as 'h2', {}, name),
    h('p', {}, fill(texts.place_text)),
    ...(warning ? [h('p', {}, h('strong', {}, warning))] : []),
    h(
      'div',
      { class: 'buttons' },
      button(texts.place_once, () => host.once(element)),
      button(fill(texts.place_always), () => host.always(service)),
    ),
    ...(link ? [h('a', { href: link, rel: 'noreferrer' }, texts.place_link)] : []),
  )
}

/** Puts a placeholder before the content and hides the content itself. */
export function stand(element: HTMLElement, service: string, host: PlaceHost) {
  if (standing.has(element) || !places[service]) return
  const placeholder = h('div', { lang: host.lang, class: element.className })
  placeholder.dataset.samtykkePlace = service
  takeSize(element, placeholder)
  const root = placeholder.attachShadow({ mode: 'open' })
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Safari before 16.4 knows no sheet that `style-src 'self'` allows.
  }
  root.append(draw(element, service, host))
  standing.set(element, placeholder)
  element.style.setProperty('display', 'none', 'important')
  element.before(placeholder)
}

/** Takes the placeholder away and shows the content. */
export function fall(element: HTMLElement) {
  standing.get(element)?.remove()
  if (standing.delete(element)) element.style.removeProperty('display')
}
