import { isOrdered } from './script.ts'
import { trust } from './trusted.ts'

/** The type of a script that sleeps, but not for the gate to wake. */
const taken = 'text/taken'

/**
 * A copy that runs when it is woken. The browser never runs the scripts of a
 * parsed block or of innerHTML, nor their clones.
 */
function fresh(old: HTMLScriptElement): HTMLScriptElement {
  const script = document.createElement('script')
  for (const { name, value } of old.attributes) {
    // Of a script's attributes the address and the event handlers need trust.
    script.setAttribute(
      name,
      name === 'src' ? trust().createScriptURL(value) : trust().createScript(value),
    )
  }
  if (old.dataset.src) script.src = trust().createScriptURL(old.dataset.src)
  // The attribute reads empty once the element is in a page.
  script.nonce = old.nonce
  script.text = trust().createScript(old.text)
  return script
}

/**
 * The vendor's block that a container holds. A `<noembed>` holds it untouched. In
 * a script its end tags are escaped, or all of it is one comment.
 */
function markupOf({ localName, textContent }: Element) {
  const text = textContent as string
  if (localName !== 'script') return text
  const comment = text.match(/^\s*<!-{2}((?:(?!-->).)*)-->\s*$/s)
  return comment?.[1] ?? text.replace(/<\\\//g, '</')
}

/**
 * Puts something that can be woken in place of what cannot: a copy in place of a
 * script, and the nodes of a vendor's block, in their order and with scripts that
 * sleep, before its container. Gives the scripts that are to be woken: those that
 * wait for no other come first.
 */
export function unfold(element: HTMLElement): HTMLScriptElement[] {
  if ((element as HTMLScriptElement).type === 'text/plain') {
    const script = fresh(element as HTMLScriptElement)
    script.type = taken
    element.replaceWith(script)
    return [script]
  }
  const markup = markupOf(element)
  const trusted = trust().createHTML(
    // What YouTube itself gives to paste comes from its host with cookies.
    YOUTUBE
      ? markup.replace(/[wm.]*youtube(?=.com.embed)/g, 'www.youtube-nocookie')
      : markup,
  )
  const parsed = new DOMParser().parseFromString(trusted, 'text/html')
  // With scripting on these would not be shown, but their images would load.
  for (const hidden of parsed.querySelectorAll('noscript')) hidden.remove()
  const scripts = [...parsed.querySelectorAll('script')].map((old) => {
    const script = fresh(old)
    script.nonce = script.nonce || element.nonce
    // A gated script within the block waits for its own consent.
    if (script.type !== 'text/plain') {
      if (script.type) script.dataset.type = script.type
      script.type = taken
    }
    old.replaceWith(script)
    return script
  })
  element.before(...parsed.head.childNodes, ...parsed.body.childNodes)
  return scripts
    .filter(({ type }) => type === taken)
    .sort((a, b) => Number(isOrdered(a)) - Number(isOrdered(b)))
}
