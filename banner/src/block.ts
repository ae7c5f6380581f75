import { trust } from './trusted.ts'

/**
 * A copy that runs when it is woken. The browser never runs the scripts of a
 * parsed block or of innerHTML, nor their clones.
 */
export function fresh(old: HTMLScriptElement): HTMLScriptElement {
  const script = document.createElement('script')
  for (const { name, value } of old.attributes) {
    // Of a script's attributes the address and the event handlers need trust.
    script.setAttribute(
      name,
      name === 'src' ? trust().createScriptURL(value) : trust().createScript(value),
    )
  }
  // The attribute reads empty once the element is in a page.
  script.nonce = old.nonce
  script.text = trust().createScript(old.text)
  return script
}

/**
 * Unfolds the vendor's block that a container holds, in front of the container:
 * its nodes in their order, its scripts asleep. Gives the scripts.
 */
export function unfold(container: HTMLElement): HTMLScriptElement[] {
  const markup = (container.textContent ?? '')
    .replace(/^\s*<!-{2}([^]*)-->\s*$/, '$1')
    .replace(/<\\\//g, '</')
  const parsed = new DOMParser().parseFromString(trust().createHTML(markup), 'text/html')
  // With scripting on these would not be shown, but their images would load.
  for (const element of parsed.querySelectorAll('noscript')) element.remove()
  // A gated script within the block waits for its own consent.
  const scripts = [...parsed.querySelectorAll('script')].map((old) => {
    const script = fresh(old)
    script.nonce ||= container.nonce
    if (script.type && !script.dataset.category) script.dataset.type = script.type
    script.type = 'text/plain'
    old.replaceWith(script)
    return script
  })
  container.before(...parsed.head.childNodes, ...parsed.body.childNodes)
  return scripts.filter(({ dataset }) => !dataset.category)
}
