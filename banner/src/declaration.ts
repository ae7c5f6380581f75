import { heading } from 'samtykke:panel'
import * as say from 'samtykke:say'
import { button, h } from './element.ts'
import type { Host } from './host.ts'
import css from './panel.css'
import { foot } from './panel-foot.ts'
import { paragraph } from './panel-part.ts'
import { sectionViews } from './panel-section.ts'

/**
 * Puts the whole inventory into a page's own element, in the page's typography.
 * `data-heading` on the element is the level of its headings, 2 to 4.
 */
export function declaration(element: Element, host: Host): void {
  const level = Number(element.getAttribute('data-heading')) || heading
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
  host.dress(root, css)
  const view = h(
    'div',
    { lang: host.lang, class: 'declaration' },
    ...sectionViews(level),
    ...(host.units.length ? [paragraph(button('open', say.change))] : []),
    ...foot(host, level),
  )
  if (DIR) view.dir = DIR
  for (const details of view.querySelectorAll('details')) details.open = true
  root.replaceChildren(view)
}
