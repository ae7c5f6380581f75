import { guarded } from './guard.ts'
import type { Layer } from './host.ts'

export interface Press {
  action: string
  /** What was pressed. */
  element: HTMLElement
  layer: Layer
}

/**
 * Listens for presses on `data-samtykke` anywhere: in the banner, in
 * placeholders, and on a page's own links and buttons. A dialog in the banner's
 * root listens for itself.
 */
export function presses(root: ShadowRoot, act: (press: Press) => boolean) {
  document.addEventListener(
    'click',
    guarded((event) => {
      const path = event.composedPath()
      const inside = path.includes(root)
      for (const element of path) {
        if (!(element instanceof HTMLElement)) continue
        if (inside && element.localName === 'dialog') return
        const action = element.dataset.samtykke
        if (action === undefined) continue
        if (act({ action, element, layer: inside ? 'first' : 'page' })) event.preventDefault()
        return
      }
    }),
  )
}
