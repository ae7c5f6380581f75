import { type Native, patch } from './patch.ts'
import { addresses, addressesIn, asking, inert } from './stopped.ts'
import { free, naming, type Stops } from './watched.ts'

/* Addresses that scripts give to elements: they are kept back before a request. */

type Trap = ProxyHandler<Native>

const isScript = ({ localName }: Element) => localName === 'script'

/** The address that a script has given an element, and that it still lacks. */
const lacks = ({ dataset, attributes }: HTMLElement, name: string) =>
  dataset?.samtykkeStopped && !(name in attributes) && dataset[name]

/** An attribute can be of one element only. */
const copied = (one: unknown) => (one instanceof Attr ? one.cloneNode() : one)

/** Whether an element may come to ask for something: it sleeps by no mark of its own. */
const mayAsk = (element: HTMLElement) =>
  element.matches?.(asking) &&
  (!isScript(element) ||
    element.getAttribute('type') !== 'text/plain' ||
    element.dataset.samtykkeStopped)

/** What the page's script has set reads as if it stood there. */
const reading = (name: string): Trap => ({
  apply(native, element: HTMLElement, args) {
    const address = lacks(element, name)
    if (!address) return Reflect.apply(native, element, args)
    return /set$/.test(name) ? address : new URL(address, document.baseURI).href
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

/** `changed` hears of elements that have been stopped, or let off. */
export function watchElements(
  stops: Stops,
  changed: (element: HTMLElement) => unknown,
) {
  /** Gives whether it keeps an address back. */
  function keeps(element: HTMLElement, name: string, address: string) {
    if (!addresses.includes(name)) return false
    const host = stops(...addressesIn(name, address))
    if (host) stop(element, name, address, host)
    else if (lacks(element, name)) unmark(element, name)
    else return false
    changed(element)
    return !!host
  }

  /** What a stopped script is to be when it wakes. */
  function keepsType(script: HTMLElement, type: string) {
    const isAsleep = isScript(script) && lacks(script, 'src')
    if (isAsleep && type !== 'text/plain') script.dataset.type = type
    return isAsleep
  }

  const writing: Trap = {
    apply(native, element: HTMLElement, args) {
      if (!free && mayAsk(element)) {
        // What it comes to is seen elsewhere; where the page demands trust, the
        // browser has its say there.
        const probe = inert.createElement(element.localName)
        Reflect.apply(native, probe, args.map(copied))
        const { name, value } = probe.attributes[0] as Attr
        if (name === 'type' ? keepsType(element, value) : keeps(element, name, value))
          return null
      }
      return Reflect.apply(native, element, args)
    },
  }
  for (const kind of ['', 'NS', 'Node', 'NodeNS'])
    patch(Element.prototype, `setAttribute${kind}`, writing)
  for (const kind of Object.getOwnPropertyNames(window)) {
    if (!/^HTML.+Element$/.test(kind)) continue
    const { prototype } = window[kind as 'HTMLImageElement']
    for (const property of Object.keys(prototype)) {
      const name = property.toLowerCase()
      if (![...addresses, 'type'].includes(name)) continue
      patch(prototype, property, writing, 'set')
      patch(prototype, property, reading(name), 'get')
    }
  }

  /** How many addresses of an element wait that has asked for nothing yet. */
  function waitingOf(element: HTMLElement) {
    const waiting = addresses.filter((name) => {
      const address = element.getAttribute(name)
      return address && keeps(element, name, address)
    })
    return waiting.length
  }

  /** Keeps back what waits in what stands in no page yet; gives how much. */
  return function quieten(root: ParentNode, which = '*'): number {
    let waiting = 0
    for (const element of root.querySelectorAll<HTMLElement>(which)) {
      if (mayAsk(element)) waiting += waitingOf(element)
      if (element.shadowRoot) waiting += quieten(element.shadowRoot, which)
    }
    return waiting
  }
}

export type Quieten = ReturnType<typeof watchElements>
