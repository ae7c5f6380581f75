/** Makes an element; text stays text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  look: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (look) element.className = look
  element.append(...children)
  return element
}

/** An element of the page's own HTML. */
export function find<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id)
  if (!element) throw new Error(`the page has no #${id}`)
  return element as T
}
