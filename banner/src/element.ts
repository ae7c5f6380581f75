/** Makes an element of attributes and children; text stays text. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name] as string)
  element.append(...children)
  return element
}

/** A button for one of the banner's actions, in a shadow root, where no form is. */
export const button = (action: string, label: string, look = '') =>
  h('button', { 'data-samtykke': action, class: look }, label)
