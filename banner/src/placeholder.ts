import { heading, lang, type Place, places, texts } from 'samtykke:place'
import { button, h } from './element.ts'
import { showFrame } from './film.ts'
import css from './placeholder.css'
import { dress } from './sheet.ts'

interface Standing {
  placeholder: HTMLElement
  /** The content's own display, which it gets back. */
  display: [string, string]
}

const standing = new Map<HTMLElement, Standing>()

/**
 * Whether content has a place on the page. A style sheet or the words of a film have
 * none, and what measures a pixel or two is there to count.
 */
const isSeen = (element: HTMLElement) =>
  !element.matches('link,track') &&
  element.closest('body') &&
  !['width', 'height'].some((name) =>
    /^[0-2]$/.test(element.getAttribute(name) as string),
  )

/**
 * Takes over the size that the markup and the page's style give the content. It
 * is the least: the placeholder becomes as high as its words need.
 */
function takeSize(from: HTMLElement, { style }: HTMLElement) {
  const { aspectRatio, height, minHeight, position } = getComputedStyle(from)
  // Lies over a box whose height is all padding, as videos often do: so does this.
  if (position === 'absolute') {
    style.cssText = 'position:absolute;inset:0;display:grid;overflow:auto'
    return
  }
  // The page's frame is the content's; the placeholder has its own.
  style.cssText =
    'height:auto!important;max-height:none;aspect-ratio:auto;border:0;padding:0'
  // A width in per cent is no width in pixels, and is left to the class.
  style.width = from.style.width || `${from.getAttribute('width')}px`
  style.setProperty('--ratio', aspectRatio)
  // Where the width decides on the height, it goes on doing so.
  const least = from.style.height || (aspectRatio === 'auto' ? height : minHeight)
  style.setProperty('--least', least)
}

/** Gives focus; scripts, styles and what is hidden do not take it. */
function takesFocus(element: HTMLElement) {
  if (element.tabIndex < 0) element.tabIndex = -1
  element.focus()
  return document.activeElement === element
}

/** Moves focus to the content, or the first thing after it that takes it. */
function focusFrom(content: HTMLElement) {
  setTimeout(() => {
    let next: Element | null = content
    while (next && !takesFocus(next as HTMLElement)) next = next.nextElementSibling
  })
}

function draw(
  { name, purpose, tells, warning, ...place }: Place,
  { dataset, title: called, ariaLabel }: HTMLElement,
) {
  const title = called || ariaLabel
  const { thumbnail, link = place.link } = dataset
  /** Two videos of a service differ in what their buttons are called. */
  const named = <E extends Element>(element: E) => {
    if (title) element.ariaLabel = `${element.textContent}: ${title}`
    return element
  }
  return [
    h(`h${heading}` as 'h2', {}, title || name),
    ...(thumbnail ? [h('img', { src: thumbnail, alt: '' })] : []),
    h('p', {}, title ? `${name}: ${purpose}` : purpose),
    h('p', {}, tells),
    ...(warning ? [h('p', {}, h('strong', {}, warning))] : []),
    h(
      'div',
      { class: 'buttons' },
      // A policy goes by the answer, and once is none.
      ...(POLICY ? [] : [named(button('once', texts.place_once))]),
      named(button('always', texts.place_always.replace('{name}', name))),
      // The markup may be written by people who may not write scripts.
      ...(link?.startsWith('http')
        ? [named(h('a', { href: link, rel: 'noreferrer' }, texts.place_link))]
        : []),
    ),
  ]
}

/**
 * An application may take content away, or put it elsewhere: its placeholder goes
 * along.
 */
const follower = new MutationObserver(() => {
  for (const [element, { placeholder }] of standing) {
    if (!element.isConnected) fall(element)
    else if (placeholder.nextSibling !== element) element.before(placeholder)
  }
})
follower.observe(document, { childList: true, subtree: true })

/** Puts a placeholder before the content and hides the content itself. */
export function stand(element: HTMLElement, service: string) {
  const asked = places[service]
  if (standing.has(element) || !asked || !isSeen(element)) return
  const placeholder = h('div', { lang, class: element.className })
  if (DIR) placeholder.dir = DIR
  placeholder.dataset.samtykkePlace = service
  takeSize(element, placeholder)
  const root = placeholder.attachShadow({ mode: 'open' })
  dress(root, css)
  const place = h('div', { class: 'place' }, ...draw(asked, element))
  root.append(h('div', { class: 'box' }, place))
  const { style } = element
  const priority = style.getPropertyPriority('display')
  standing.set(element, { placeholder, display: [style.display, priority] })
  style.setProperty('display', 'none', 'important')
  element.before(placeholder)
}

/**
 * A vendor's block may show nothing by itself. Until it does, its place says that
 * it is on, and keeps the focus that was there.
 */
function tellOn(placeholder: HTMLElement, block: HTMLElement, focused: boolean) {
  const { dataset, shadowRoot, parentNode } = placeholder
  const { name } = places[dataset.samtykkePlace as string] as Place
  const words = texts.place_on.replace('{name}', name)
  const said = h('p', { role: 'status', tabindex: '-1' }, words)
  delete dataset.samtykkePlace
  shadowRoot?.querySelector('.place')?.replaceChildren(said)
  if (focused) said.focus()
  const watch = new MutationObserver(() => {
    let next = placeholder.nextElementSibling as HTMLElement | null
    while (next && next !== block && !next.offsetHeight)
      next = next.nextElementSibling as HTMLElement | null
    if (!next || next === block) return
    watch.disconnect()
    leave(placeholder, next)
  })
  watch.observe(parentNode as Node, { childList: true })
}

/** Takes the placeholder away. Its focus goes to what stands in its place. */
function leave(placeholder: HTMLElement, content: HTMLElement) {
  if (document.activeElement === placeholder) focusFrom(content)
  placeholder.remove()
}

/** Puts the content, or word that it is on, in the placeholder's place. */
export function fall(element: HTMLElement) {
  if (YOUTUBE) showFrame(element)
  const stood = standing.get(element)
  if (!stood) return
  const { placeholder, display } = stood
  const focused = document.activeElement === placeholder
  standing.delete(element)
  element.style.setProperty('display', ...display)
  if (!element.isConnected) placeholder.remove()
  else if (element.matches('noembed,script')) tellOn(placeholder, element, focused)
  else leave(placeholder, element)
}
