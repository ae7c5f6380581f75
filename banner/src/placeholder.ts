import { heading, lang, places, texts } from 'samtykke:rest'
import { button, h } from './element.ts'
import css from './placeholder.css'

interface Standing {
  placeholder: HTMLElement
  /** The content's own display, which it gets back. */
  display: [string, string]
}

const standing = new Map<HTMLElement, Standing>()

/**
 * Whether content has a place on the page. A style sheet has none, and what
 * measures a pixel or two is there to count.
 */
const isSeen = (element: HTMLElement) =>
  element.localName !== 'link' &&
  document.body.contains(element) &&
  !['width', 'height'].some((name) => /^[0-2]$/.test(element.getAttribute(name) ?? ''))

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

/** Gives focus; scripts, styles and what is hidden do not take it. */
function takesFocus(element: Element) {
  if (!(element instanceof HTMLElement)) return false
  if (element.tabIndex < 0) element.tabIndex = -1
  element.focus()
  return document.activeElement === element
}

/** Moves focus to the first thing after an element that takes it. */
function focusAfter({
  previousElementSibling: before,
  parentElement: parent,
}: HTMLElement) {
  setTimeout(() => {
    let next = before ? before.nextElementSibling : parent?.firstElementChild
    while (next && !takesFocus(next)) next = next.nextElementSibling
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
  if (standing.has(element) || !places[service] || !isSeen(element)) return
  const placeholder = h('div', { lang, class: element.className })
  placeholder.dataset.samtykkePlace = service
  takeSize(element, placeholder)
  // Lies over a box whose height is all padding, as videos often do: so does this.
  if (getComputedStyle(element).position === 'absolute') {
    placeholder.style.cssText = 'position:absolute;inset:0;overflow:auto'
  }
  const root = placeholder.attachShadow({ mode: 'open' })
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Safari before 16.4 knows no sheet that `style-src 'self'` allows.
  }
  root.append(draw(service))
  const { style } = element
  const display = style.getPropertyValue('display')
  standing.set(element, {
    placeholder,
    display: [display, style.getPropertyPriority('display')],
  })
  style.setProperty('display', 'none', 'important')
  element.before(placeholder)
}

/** Takes the placeholder away and shows the content. Focus goes with it. */
export function fall(element: HTMLElement) {
  const stood = standing.get(element)
  if (!stood) return
  const { placeholder, display } = stood
  if (document.activeElement === placeholder) focusAfter(placeholder)
  standing.delete(element)
  placeholder.remove()
  element.style.setProperty('display', ...display)
}
