import type { Host } from './host.ts'

/** Opens the second layer. */
export function open(host: Host): void {
  const dialog = document.createElement('dialog')
  host.root.append(dialog)
  dialog.showModal()
}

/** Puts the inventory into a page's own element. */
export function declaration(element: Element, host: Host): void {
  element.setAttribute('lang', host.lang)
}
