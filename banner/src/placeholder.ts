import { heading, places } from 'samtykke:notice'
import { button, h } from './element.ts'
import type { Speech } from './speech.ts'

/** Takes over the size that the markup gives the content. */
function takeSize(from: HTMLElement, to: HTMLElement) {
  to.className = from.className
  const { width, height } = Object.fromEntries(
    ['width', 'height'].map((name) => [name, parseInt(from.getAttribute(name) ?? '', 10)]),
  )
  const { style } = to
  // A percentage is a width for the page to decide.
  const fixed = !from.getAttribute('width')?.includes('%')
  if (width && fixed) style.width = `${width}px`
  if (width && height && fixed) style.aspectRatio = `${width}/${height}`
  else if (height) style.minHeight = `${height}px`
  for (const name of ['width', 'height', 'aspect-ratio']) {
    const own = from.style.getPropertyValue(name)
    if (own) style.setProperty(name === 'height' ? 'min-height' : name, own)
  }
}

/** Stands in for content until the visitor asks for it. */
export function placeholders({ texts, say, dress, lang }: Speech) {
  const standing = new Map<HTMLElement, HTMLElement>()

  function draw(service: string): Node[] {
    const { name, to, warning, link } = places[service] ?? { name: service, to: '' }
    const fill = (text = '') => text.replace('{name}', say(name)).replace('{to}', say(to))
    const title = document.createElement(`h${heading}`)
    title.append(say(name))
    const content: Node[] = [title, h('p', {}, fill(texts.place_text))]
    if (warning) content.push(h('p', {}, h('strong', {}, say(warning))))
    content.push(
      h(
        'div',
        { class: 'buttons' },
        button('once', texts.place_once ?? ''),
        button('always', fill(texts.place_always)),
      ),
    )
    if (link) {
      content.push(h('p', {}, h('a', { href: link, rel: 'noreferrer' }, texts.place_link ?? '')))
    }
    return content
  }

  return {
    /** Puts a placeholder before the content and hides the content itself. */
    stand(element: HTMLElement, service: string) {
      if (standing.has(element) || !(service in places)) return
      const host = h('div', { lang, 'data-samtykke-place': service })
      takeSize(element, host)
      dress(host).append(h('div', { class: 'place' }, ...draw(service)))
      standing.set(element, host)
      element.style.setProperty('display', 'none', 'important')
      element.before(host)
    },
    fall(element: HTMLElement) {
      const host = standing.get(element)
      if (!host) return
      standing.delete(element)
      host.remove()
      element.style.removeProperty('display')
    },
    /** The content that a placeholder stands in for. */
    behind(host: Element): HTMLElement | undefined {
      for (const [element, placeholder] of standing) {
        if (placeholder === host) return element
      }
      return undefined
    },
  }
}
