import { trust } from './trusted.ts'
import { freely, naming, type Wait } from './watched.ts'

/*
 * Elements that automatic gating has put to sleep. They carry the marks that an
 * editor would have given them, and `data-samtykke-stopped`: the host because of
 * which they wait.
 */

/** What asks for something by an address, and the attributes that hold one. */
export const asking = 'script,img,iframe,video,audio,source,embed,object,link'
export const addresses = ['src', 'srcset', 'href', 'poster', 'data']

/** Marks an element. A source waits with what it is within: see `lift`. */
export function mark({ dataset, localName }: HTMLElement, { host, service }: Wait) {
  dataset.samtykkeStopped = host
  if (localName !== 'source') dataset.service ||= service
}

/** Marks the videos, sounds and pictures whose sources are stopped. */
export function lift(root: Element) {
  const stopped = root.querySelectorAll<HTMLElement>('source[data-samtykke-stopped]')
  for (const { dataset, parentElement } of stopped) {
    const { samtykkeStopped: host = '' } = dataset
    mark(parentElement as HTMLElement, { host, service: naming(host)[0] as string })
  }
}

/** Gives a script that was stopped its address: it can be woken as it is. */
export function giveBack(element: HTMLElement) {
  const { samtykkeStopped, src = '' } = element.dataset
  const script = element as HTMLScriptElement
  const isScript = samtykkeStopped && element.localName === 'script'
  if (isScript) {
    freely(() => {
      script.src = trust().createScriptURL(src)
    })
  }
  return isScript
}

/** The addresses in the value of an attribute. */
export const addressesIn = (name: string, value: string) =>
  name === 'srcset' ? value.split(/[\s,]+/) : [value]
