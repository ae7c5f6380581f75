import { type Native, patch } from './patch.ts'
import { addresses, addressesIn, asking, isLoose } from './stopped.ts'
import { free, naming, type Stops } from './watched.ts'

/* Addresses that scripts give to elements: they are kept back before a request. */

type Trap = ProxyHandler<Native>
type Set = (on: Element) => unknown

const isScript = ({ localName }: Element) => localName === 'script'

/** The address that a script has given an element, and that it still lacks. */
const lacks = ({ dataset, attributes }: HTMLElement, name: string) =>
  dataset?.samtykkeStopped && !(name in attributes) && dataset[name]

/**
 * Whether an element may come to ask for something by an attribute: it does not
 * sleep by a mark of its own.
 */
const asks = (element: HTMLElement, name: string) =>
  [...addresses, 'type'].includes(name) &&
  element.matches?.(asking) &&
  (!isScript(element) ||
    element.getAttribute('type') !== 'text/plain' ||
    element.dataset.samtykkeStopped)

/** What the page's script has set reads as if it stood there. */
const reading = (name: string): Trap => ({
  apply(native, element: HTMLElement, args) {
    const address = lacks(element, name)
    if (!address) return Reflect.apply(native, element, args)
    return name === 'srcset' ? address : new URL(address, document.baseURI).href
  },
})

/** Puts an element to sleep instead of giving it an address. */
function stop(element: HTMLElement, name: string, address: string, host: string) {
  const { dataset } = element
  if (isScript(element) && !dataset.samtykkeStopped) {
    const type = element.getAttribute('type')
    if (type) dataset.type = type
    element.setAttribute('type', 'text/plain')
  }
  dataset[name] = address
  dataset.samtykkeStopped = host
  dataset.service ||= naming(host)[0] as string
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

/** `changed` hears of elements that have been stopped in the page, or let off. */
export function watchElements(
  stops: Stops,
  changed: (element: HTMLElement) => unknown,
) {
  /** Gives whether it keeps an address back. */
  function keeps(element: HTMLElement, name: string, address: string) {
    const host = stops(...addressesIn(name, address))
    if (host) stop(element, name, address, host)
    else if (lacks(element, name)) unmark(element, name)
    else return false
    if (element.isConnected || isLoose(element)) changed(element)
    return !!host
  }

  /** What a stopped script is to be when it wakes. */
  function keepsType(script: HTMLElement, _: string, type: string) {
    const isAsleep = isScript(script) && lacks(script, 'src')
    if (isAsleep && type !== 'text/plain') script.dataset.type = type
    return isAsleep
  }

  const write = (
    native: Native,
    element: HTMLElement,
    args: unknown[],
    name: string,
  ) => {
    const set: Set = (on) => Reflect.apply(native, on, args)
    if (free || !asks(element, name)) return set(element)
    const keep = name === 'type' ? keepsType : keeps
    const kept = keep(element, name, given(element, name, args, set))
    return kept ? undefined : set(element)
  }

  for (const kind of 'Script,Image,IFrame,Media,Video,Source,Track,Embed,Object,Link,Input'.split(
    ',',
  )) {
    const { prototype } = window[`HTML${kind}Element` as 'HTMLImageElement']
    for (const name of [...addresses, 'type']) {
      const writing: Trap = {
        apply: (native, self, args) => write(native, self, args, name),
      }
      patch(prototype, name, writing, 'set')
      patch(prototype, name, reading(name), 'get')
    }
  }
  for (const [place, name] of ['setAttribute', 'setAttributeNS'].entries()) {
    patch(Element.prototype, name, {
      apply: (native, self, args) =>
        write(native, self, args, String(args[place]).toLowerCase()),
    })
  }
  for (const name of ['setAttributeNode', 'setAttributeNodeNS']) {
    patch(Element.prototype, name, {
      apply(native, self: HTMLElement, args) {
        const [{ name, value }] = args as [Attr]
        if (free || !asks(self, name)) return Reflect.apply(native, self, args)
        self.setAttribute(name, value)
        return null
      },
    })
  }
  /** Looks at what has its addresses already, and has asked for nothing yet. */
  return (element: HTMLElement) => {
    for (const name of addresses) {
      const address = element.getAttribute(name)
      if (address) keeps(element, name, address)
    }
  }
}
