import type { Quieten } from './elements.ts'
import { type Native, patch } from './patch.ts'
import { inert } from './stopped.ts'
import { trust } from './trusted.ts'

/*
 * Markup that scripts write: the browser reads it first where nothing is asked for.
 * What waits is put to sleep there, and then moved into the page.
 */

type Trap = ProxyHandler<Native>
type Put = (self: Element, made: Node[], position: InsertPosition) => void

/** Scripts in what is made never run, and ask for nothing. */
const idle = ':not(script)'

export function watchMarkup(quieten: Quieten) {
  const range = inert.createRange()
  // In a template rows need no table.
  range.selectNodeContents(inert.createElement('template'))
  const read = range.createContextualFragment

  /** In the page, where scripts run, nothing of a <noscript> is shown or asked for. */
  function quietenMade(made: ParentNode, which?: string) {
    for (const hidden of made.querySelectorAll('noscript')) hidden.remove()
    return quieten(made, which)
  }

  /** A double of an element takes the markup first. Scripts in it never run. */
  function watchElement(name: string, kind: 'set' | 'value', put: Put) {
    const native = Object.getOwnPropertyDescriptor(Element.prototype, name)?.[kind]
    const trap: Trap = {
      apply(own, self: Element, args) {
        const element = self instanceof ShadowRoot ? self.host : self
        const double = inert.importNode(element)
        const around = inert.importNode(element.parentElement ?? inert.body)
        around.append(double)
        native?.apply(double, args)
        if (!quietenMade(around, idle)) return Reflect.apply(own, self, args)
        double.remove()
        return put(self, [...around.childNodes, ...double.childNodes], args[0])
      },
    }
    for (const { prototype } of [Element, ShadowRoot])
      patch(prototype, name, trap, kind)
  }
  const fill: Put = (self, made) => self.replaceChildren(...made)
  watchElement('innerHTML', 'set', fill)
  for (const name of ['setHTML', 'setHTMLUnsafe']) watchElement(name, 'value', fill)
  watchElement('outerHTML', 'set', (self, made) => self.replaceWith(...made))
  watchElement('insertAdjacentHTML', 'value', (self, made, position) => {
    const place = inert.createElement('p')
    self.insertAdjacentElement(position, place)
    place.replaceWith(...made)
  })

  /** What these give stands in no page yet. */
  const giving = (which?: string): Trap => ({
    apply(native, self, args) {
      const made = Reflect.apply(native, self, args) as ParentNode
      quieten(made, which)
      return made
    },
  })
  patch(HTMLTemplateElement.prototype, 'content', giving(), 'get')
  patch(DOMParser.prototype, 'parseFromString', giving(idle))
  patch(Document, 'parseHTMLUnsafe', giving(idle))

  /** What these write may run: it stays text, as trusted as it was given. */
  const writing: Trap = {
    apply(native, self, args) {
      const as = (text: string) =>
        args.every((part) => window.trustedTypes?.isHTML(part))
          ? trust().createHTML(text)
          : text
      const box = inert.createElement('p')
      // A tag may be in several arguments.
      box.append(read.call(range, args[1] ? as(args.join('')) : args[0]))
      const changed = quietenMade(box) && [as(box.outerHTML.slice(3, -4))]
      return Reflect.apply(native, self, changed || args)
    },
  }
  for (const name of ['write', 'writeln']) patch(Document.prototype, name, writing)
  patch(Range.prototype, 'createContextualFragment', writing)
}
