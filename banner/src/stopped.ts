import { trust } from './trusted.ts'
import { freely } from './watched.ts'

/*
 * Elements that automatic gating has put to sleep. They carry the marks that an
 * editor would have given them, and `data-samtykke-stopped`: the host because of
 * which they wait.
 */

/** A page that nobody sees: what stands in it asks for nothing. */
export const inert = /* @__PURE__ */ document.implementation.createHTMLDocument()

/** What asks for something by an address. */
export const asking =
  'script,img,input,link,iframe,frame,video,audio,source,track,embed,object,body,table,tr,td,th'

/** Where an address is. */
export const addresses = [
  'src',
  'srcset',
  'href',
  'poster',
  'data',
  'imagesrcset',
  'background',
]

/** The addresses in the value of an attribute. */
export const addressesIn = (name: string, value: string) =>
  /set$/.test(name) ? value.split(/[\s,]+/) : [value]

/** Whether an element of this page asks for something, some even where they stand in none. */
export const isHere = (element: Element) =>
  element.ownerDocument === document &&
  (element.isConnected || element.matches('img,video,audio'))

/** A source waits with what it is within: a video, a sound or a picture. */
export function lift(root: Element) {
  for (const { dataset, parentElement } of root.querySelectorAll<HTMLElement>(
    'source[data-service]',
  )) {
    Object.assign((parentElement as HTMLElement).dataset, {
      service: dataset.service,
      samtykkeStopped: dataset.samtykkeStopped,
    })
    delete dataset.service
  }
}

/**
 * Gives a stopped script its address, which can be woken as it is then. The words of
 * a film hear of theirs in Firefox only so.
 */
export function giveBack(element: HTMLElement) {
  const { samtykkeStopped, src = '' } = element.dataset
  const script = element as HTMLScriptElement
  if (samtykkeStopped && element.matches('script,track')) {
    freely(() => {
      script.src = trust().createScriptURL(src)
    })
  }
  return samtykkeStopped && element.localName === 'script'
}
