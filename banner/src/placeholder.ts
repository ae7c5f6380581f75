import {
  always,
  heading,
  lang,
  link,
  on,
  once,
  type Place,
  places,
} from 'samtykke:place'
import { button, h } from './element.ts'
import { showFrame } from './film.ts'
import css from './placeholder.css'
import { dress } from './sheet.ts'

/** The content's placeholder, and its own display, which it gets back. */
type Standing = [placeholder: HTMLElement, display: string, priority: string]

const standing = new Map<HTMLElement, Standing>()

/**
 * Whether content has a place on the page. A style sheet or the words of a film have
 * none, and what is hidden or measures a pixel or two is there to count. Where a class
 * hides it, its placeholder has that class, too.
 */
const isSeen = (element: HTMLElement) =>
  element.matches('body :not(link,track,[hidden])') &&
  !(['width', 'height', 'display'] as const).some((name) =>
    /^([0-2](px)?|none)$/.test(element.style[name] || `${element.getAttribute(name)}`),
  )

/**
 * Whether a picture may load before there is an answer: from the page's own host or
 * from this one.
 */
const isNear = (address: string) =>
  `null/${location.origin}/${import.meta.url}`.includes(
    `${new URL(address, document.baseURI).origin}/`,
  )

/**
 * Takes over the size that the markup and the page's style give the content. It
 * is the least: the placeholder becomes as high as its words need.
 */
function takeSize(from: HTMLElement, { style }: HTMLElement) {
  const { aspectRatio, height, minHeight, position } = getComputedStyle(from)
  // Lies over a box whose height is all padding, as videos often do: so does this.
  if (position === 'absolute') {
    style.cssText = 'display:grid;position:absolute;inset:0'
    return
  }
  // Where the width decides on the height, it goes on doing so.
  const least = from.style.height || (aspectRatio === 'auto' ? height : minHeight)
  // The page's frame is the content's; the placeholder has its own.
  style.cssText = `border:0;padding:0;max-height:none;height:auto!important;aspect-ratio:auto;--ratio:${aspectRatio};--least:${least}`
  // A width in per cent is no width in pixels, and is left to the class.
  style.width = from.style.width || `${from.getAttribute('width')}px`
}

/**
 * Moves focus to the content, or the first thing after it that takes it: scripts,
 * styles and what is hidden do not.
 */
function focusFrom(content: HTMLElement) {
  setTimeout(() => {
    let next = content
    for (; next; next = next.nextElementSibling as HTMLElement) {
      if (next.tabIndex < 0) next.tabIndex = -1
      next.focus()
      if (document.activeElement === next) return
    }
  })
}

function draw(
  { name, purpose, tells, warning, ...place }: Place,
  { dataset, title: called, ariaLabel }: HTMLElement,
) {
  const title = called || ariaLabel
  const { thumbnail, link: href = place.link } = dataset
  /** Two videos of a service differ in what their buttons are called. */
  const named = <E extends Element>(element: E) => {
    if (title) element.ariaLabel = `${element.textContent}: ${title}`
    return element
  }
  return [
    h(`h${heading}` as 'h2', {}, title || name),
    ...(thumbnail && isNear(thumbnail) ? [h('img', { src: thumbnail, alt: '' })] : []),
    h('p', {}, title ? `${name}: ${purpose}` : purpose),
    h('p', {}, tells),
    ...(warning ? [h('p', {}, h('strong', {}, warning))] : []),
    h(
      'div',
      { class: 'buttons' },
      // A policy goes by the answer, and once is none.
      ...(POLICY ? [] : [named(button('once', once))]),
      named(button('always', always.replace('{name}', name))),
      // The markup may be written by people who may not write scripts.
      ...(href?.startsWith('http')
        ? [named(h('a', { href, rel: 'noreferrer' }, link))]
        : []),
    ),
  ]
}

/**
 * An application may take content away, or put it elsewhere: its placeholder goes
 * along.
 */
new MutationObserver(() => {
  for (const [element, [placeholder]] of standing) {
    if (!element.isConnected) fall(element)
    else if (placeholder.nextSibling !== element) element.before(placeholder)
  }
}).observe(document, { childList: true, subtree: true })

/** Puts a placeholder before the content and hides the content itself. */
export function stand(element: HTMLElement, service: string) {
  const asked = places[service]
  if (standing.has(element) || !asked || !isSeen(element)) return
  const placeholder = h('div', {
    lang,
    class: element.className,
    'data-samtykke-place': service,
  })
  if (DIR) placeholder.dir = DIR
  takeSize(element, placeholder)
  const root = placeholder.attachShadow({ mode: 'open' })
  dress(root, css)
  root.append(
    h('div', { class: 'box' }, h('div', { class: 'place' }, ...draw(asked, element))),
  )
  const { style } = element
  const priority = style.getPropertyPriority('display')
  standing.set(element, [placeholder, style.display, priority])
  style.setProperty('display', 'none', 'important')
  element.before(placeholder)
}

/**
 * A vendor's block may show nothing by itself. Until it does, its place says that
 * it is on, and keeps the focus that was there.
 */
function tellOn(placeholder: HTMLElement, block: HTMLElement) {
  const { dataset, shadowRoot, parentNode } = placeholder
  const { name } = places[dataset.samtykkePlace as string] as Place
  const words = on.replace('{name}', name)
  const said = h('p', { role: 'status', tabindex: '-1' }, words)
  const focused = document.activeElement === placeholder
  delete dataset.samtykkePlace
  shadowRoot?.querySelector('.place')?.replaceChildren(said)
  if (focused) said.focus()
  new MutationObserver(() => {
    let next = placeholder.nextElementSibling as HTMLElement | null
    while (next && next !== block && !next.offsetHeight)
      next = next.nextElementSibling as HTMLElement | null
    if (next && next !== block) leave(placeholder, next)
  }).observe(parentNode as Node, { childList: true })
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
  const [placeholder, ...display] = stood
  standing.delete(element)
  element.style.setProperty('display', ...display)
  if (element.isConnected && element.matches('noembed,script'))
    tellOn(placeholder, element)
  else leave(placeholder, element)
}
