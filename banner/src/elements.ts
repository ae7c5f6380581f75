import { patch, type Trap } from './patch.ts'
import { addresses, addressesIn, asking, mark } from './stopped.ts'
import { free, type Stops, type Wait } from './watched.ts'

/* Addresses that scripts give to elements: they are kept back before a request. */

const isScript = ({ localName }: Element) => localName === 'script'

/** The address that a script has given an element, and that it still lacks. */
const lacks = (element: HTMLElement, name: string) =>
  element.dataset?.samtykkeStopped &&
  !element.hasAttribute(name) &&
  element.dataset[name]

/** Sleeps by a mark of its own. */
const isMarked = (element: HTMLElement) =>
  isScript(element) &&
  element.getAttribute('type') === 'text/plain' &&
  !element.dataset.samtykkeStopped

/** What the page's script has set reads as if it stood there. */
const reading = (name: string): Trap => ({
  apply(native, element: HTMLElement, args) {
    const address = lacks(element, name)
    if (!address) return Reflect.apply(native, element, args)
    return name === 'srcset' ? address : new URL(address, document.baseURI).href
  },
})

/** Puts an element to sleep instead of giving it an address. */
function stop(element: HTMLElement, name: string, address: string, wait: Wait) {
  const { dataset } = element
  if (isScript(element) && !dataset.samtykkeStopped) {
    const type = element.getAttribute('type')
    if (type) dataset.type = type
    element.setAttribute('type', 'text/plain')
  }
  dataset[name] = address
  mark(element, wait)
  element.removeAttribute(name)
}

/** Takes the marks off: the page's script has thought of another address. */
function unmark(element: HTMLElement, name: string) {
  const { dataset } = element
  for (const mark of [name, 'service', 'samtykkeStopped']) delete dataset[mark]
  if (isScript(element)) element.setAttribute('type', dataset.type ?? '')
}

/** The text that a script gives; where the page demands trust, the browser has its say. */
function given(element: Element, name: string, args: unknown[], set: Set) {
  if (!/^(script|embed|object)$/.test(element.localName))
    return String(args[args.length - 1])
  const probe = document.createElement(element.localName)
  set(probe)
  return probe.getAttribute(name) as string
}

type Set = (on: Element) => unknown

/** `changed` hears of elements that have been stopped in the page, or let off. */
export function watchElements(
  stops: Stops,
  changed: (element: HTMLElement) => unknown,
) {
  /** Gives whether it keeps an address back. */
  function keeps(element: HTMLElement, name: string, address: string) {
    const wait = stops(...addressesIn(name, address))
    if (wait) stop(element, name, address, wait)
    else if (!lacks(element, name)) return false
    else unmark(element, name)
    if (element.isConnected) changed(element)
    return !!wait
  }

  function takes(element: HTMLElement, name: string, text: () => string) {
    if (addresses.includes(name)) return keeps(element, name, text())
    const isAsleep = name === 'type' && isScript(element) && lacks(element, 'src')
    if (isAsleep) element.dataset.type = text()
    return isAsleep
  }

  const writing = (property?: string): Trap => ({
    apply(native, element: HTMLElement, args) {
      const name = property ?? String(args[0]).toLowerCase()
      const set: Set = (on) => Reflect.apply(native, on, args)
      const isOurs = !free && element.matches?.(asking) && !isMarked(element)
      if (isOurs && takes(element, name, () => given(element, name, args, set))) return
      return set(element)
    },
  })

  for (const kind of 'Script,Image,IFrame,Media,Video,Source,Embed,Object,Link'.split(
    ',',
  )) {
    const { prototype } = window[`HTML${kind}Element` as 'HTMLImageElement']
    for (const name of [...addresses, 'type']) {
      patch(prototype, name, writing(name), 'set')
      if (name !== 'type') patch(prototype, name, reading(name), 'get')
    }
  }
  patch(Element.prototype, 'setAttribute', writing())
}
