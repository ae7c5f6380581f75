import { isEmbed } from './embed.ts'
import { warn } from './guard.ts'

const marked = ':is([data-category],[data-service]):not([data-samtykke])'

/** What is no embed, and held back, or was until it was let through. */
const held =
  'noembed,template,script:is([data-type],[type=""],[type="text/plain"],[type="text/html"])'

/** What asks for something as soon as it stands in a page, and in Firefox before. */
const live = '[src]:not([type="text/plain"]),[srcset],[poster],[data],link[href]'

const all = <E extends HTMLElement>(root: ParentNode, selector: string) => [
  ...root.querySelectorAll<E>(selector),
]

/** What is marked and not held back, in the page and in its templates. */
const loose = (): Element[] => [
  ...all(document, `${marked}:not(${held})`).filter((element) => !isEmbed(element)),
  ...all<HTMLTemplateElement>(document, 'template').flatMap((template) =>
    all(template.content, live).filter((element) =>
      (element.closest(marked) ?? template).matches(marked),
    ),
  ),
]

/**
 * Looks for markup that does not do what its author hopes, and shows it to them in
 * the console: what is not held back, or a page without a way of its own to the
 * choices. What is in a frame has its way back, and its editor, around it.
 */
export function inspect(): string[] {
  if (top !== window) return []
  const names = loose().map((element) => {
    warn('Use type="text/plain", data-src or <noembed>: this does not wait', element)
    return `${element.isConnected ? 'element' : 'template'}/${element.localName}`
  })
  if (!document.querySelector('[data-samtykke=open],a[href$="#samtykke"]')) {
    names.push('control/open')
    warn('Missing here: <a href="#samtykke">')
  }
  return [...new Set(names)]
}
