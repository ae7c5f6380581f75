import { isEmbed } from './embed.ts'

const marked = ':is([data-category],[data-service]):not([data-samtykke])'

/** What asks for something as soon as it stands in a page, and in Firefox before. */
const live = '[src]:not([type="text/plain"]),[srcset],link[href],[poster],object[data]'

/** Whether the gate holds a marked element back, or did until it was let through. */
function isHeld(element: HTMLElement) {
  if (element.localName !== 'script') {
    return element.localName === 'noembed' || isEmbed(element)
  }
  // What has no type runs, and is tested as the word "null".
  const type = element.getAttribute('type') as string
  return element.dataset.type || /^(text\/(plain|html))?$/.test(type)
}

/** What in a template has an address though its template, or itself, is marked. */
function leaks(template: HTMLTemplateElement) {
  return [...template.content.querySelectorAll(live)].filter(
    (element) => template.matches(marked) || element.closest(marked),
  )
}

/**
 * Looks for markup that does not do what its author hopes: that is marked and not
 * held back, or a page without a way of its own to the choices. What is in a frame has
 * its way back, and its editor, around it.
 */
export function inspect(): string[] {
  if (top !== window) return []
  const names = new Set<string>()
  for (const element of document.querySelectorAll<HTMLElement>(marked)) {
    if (element.localName !== 'template' && !isHeld(element))
      names.add(`element/${element.localName}`)
  }
  for (const template of document.querySelectorAll('template'))
    for (const { localName } of leaks(template)) names.add(`template/${localName}`)
  if (!document.querySelector('[data-samtykke=open],a[href$="#samtykke"]'))
    names.add('control/open')
  return [...names]
}
