import { heading, lang, places, texts } from 'samtykke:rest'
import { button, h } from './element.ts'
import css from './placeholder.css'

const standing = new Map<HTMLElement, HTMLElement>()

/** Takes over the size that the markup gives the content; sizes are CSS's work. */
function takeSize(from: HTMLElement, { style }: HTMLElement) {
  const [width, height] = ['width', 'height'].map(
    (name) => from.getAttribute(name) ?? '',
  )
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

/** Moves focus to what comes after an element. */
function focusAfter({
  previousElementSibling: before,
  parentElement: parent,
}: HTMLElement) {
  setTimeout(() => {
    let first = before ? before.nextElementSibling : parent?.firstElementChild
    while (first?.localName === 'script') first = first.nextElementSibling
    if (!(first instanceof HTMLElement)) return
    if (first.tabIndex < 0) first.tabIndex = -1
    first.focus()
  })
}

function draw(service: string) {
  const { name = '', to = '', warning = '', link = '' } = places[service] ?? {}
  const fill = (text: string) => text.replace('{name}', name).replace('{to}', to)
  return h(
    'div',
    { class: 'place' },
    h(`h${heading}` as 'h2', {}, name),
    h('p', {}, fill(texts.place_text)),
    ...(warning ? [h('p', {}, h('strong', {}, warning))] : []),
    h(
      'div',
      { class: 'buttons' },
      button('once', texts.place_once),
      button('always', fill(texts.place_always)),
    ),
    ...(link ? [h('a', { href: link, rel: 'noreferrer' }, texts.place_link)] : []),
  )
}

/** Puts a placeholder before the content and hides the content itself. */
export function stand(element: HTMLElement, service: string) {
  if (standing.has(element) || !places[service]) return
  const placeholder = h('div', { lang, class: element.className })
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
  root.append(draw(service))
  standing.set(element, placeholder)
  element.style.setProperty('display', 'none', 'important')
  element.before(placeholder)
}

/** Takes the placeholder away and shows the content. Focus goes with it. */
export function fall(element: HTMLElement) {
  const placeholder = standing.get(element)
  if (!placeholder) return
  if (document.activeElement === placeholder) focusAfter(placeholder)
  standing.delete(element)
  placeholder.remove()
  element.style.removeProperty('display')
}
