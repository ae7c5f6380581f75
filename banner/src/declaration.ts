import { heading } from 'samtykke:panel'
import { button, h } from './element.ts'
import type { Host } from './host.ts'
import { contactViews, own, version } from './panel-foot.ts'
import { sectionViews } from './panel-section.ts'
import { dress } from './panel-style.ts'
import { text } from './panel-text.ts'

/**
 * Puts the whole inventory into a page's own element, in the page's typography.
 * `data-heading` on the element is the level of its headings, 2 to 4.
 */
export function declaration(element: Element, host: Host): void {
  const level = Math.min(4, Math.max(2, Number(element.getAttribute('data-heading')) || heading))
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
  dress(root)
  root.replaceChildren(
    h(
      'div',
      { lang: host.lang, class: 'declaration' },
      version(host),
      ...(host.units.length ? [h('p', {}, button('open', text('change')))] : []),
      ...sectionViews(level),
      ...own(level),
      h(`h${level}` as 'h2', {}, text('contacts')),
      ...contactViews(level + 1),
    ),
  )
}
