import { h } from './element.ts'

/** The dialog that asks, while it does. */
let dialog: HTMLDialogElement | undefined

/** What had focus in it when it made way for the panel. */
let focus: Element | null = null

/**
 * Puts the question into a dialog for which the page waits, but not while the panel
 * is open. `left` is called when it was closed without an answer.
 */
export function ask(root: ShadowRoot, content: Element, left: () => void) {
  if (!root.host.isConnected || root.querySelector('dialog')) return
  dialog = h('dialog', { class: 'ask', 'aria-labelledby': 'title' }, content)
  dialog.onclose = left
  root.append(dialog)
  dialog.showModal?.()
  ;(focus as HTMLElement | null)?.focus()
}

/** Takes the question out of its dialog. The browser gives focus back. */
export function release(root: ShadowRoot, content: Element) {
  if (!dialog) return
  focus = root.activeElement
  dialog.onclose = null
  dialog.close?.()
  root.append(content)
  dialog.remove()
  dialog = undefined
}
