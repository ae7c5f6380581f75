import { trust } from './trusted.ts'

/** The vendor's block in a container, without the means that kept it inert. */
const inner = (container: Element) =>
  (container.textContent ?? '')
    .replace(/^\s*<!-{2}([^]*)-->\s*$/, '$1')
    .replace(/<\\\//g, '</')

/**
 * A copy that runs when it is woken. The browser never runs the scripts of a
 * parsed block or of innerHTML, nor their clones.
 */
export function fresh(old: HTMLScriptElement): HTMLScriptElement {
  const script = document.createElement('script')
  script.async = false
  for (const { name, value } of old.attributes) {
    // The event attributes of a script are code as well.
    const code = name.startsWith('on') ? trust().createScript(value) : value
    script.setAttribute(name, name === 'src' ? trust().createScriptURL(value) : code)
  }
  // The attribute reads empty once the element is in a page.
  script.nonce = old.nonce
  script.text = trust().createScript(old.text)
  return script
}

/** A gated script within a block waits for its own consent. */
const gated = (script: HTMLScriptElement) =>
  'category' in script.dataset || 'service' in script.dataset

/**
 * Unfolds markup in front of an element: its nodes in their order, its scripts
 * asleep. Gives the nodes, and the scripts that are to be woken.
 */
export function unfold(markup: string, before: HTMLElement) {
  const parsed = new DOMParser().parseFromString(trust().createHTML(markup), 'text/html')
  // With scripting on these would not be shown, but their images would load.
  for (const element of parsed.querySelectorAll('noscript')) element.remove()
  const scripts: HTMLScriptElement[] = []
  for (const old of parsed.querySelectorAll('script')) {
    const script = fresh(old)
    script.nonce ||= before.nonce
    if (!gated(script)) {
      if (script.type) script.dataset.type = script.type
      script.type = 'text/plain'
      scripts.push(script)
    }
    old.replaceWith(script)
  }
  const nodes = [...parsed.head.childNodes, ...parsed.body.childNodes]
  before.before(...nodes)
  return { nodes, scripts }
}

/** Unfolds what a container holds. */
export const open = (container: HTMLElement) => unfold(inner(container), container)
