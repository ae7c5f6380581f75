import { guarded } from './guard.ts'
import type { Layer } from './host.ts'

/**
 * Listens for presses on `data-samtykke` anywhere: in the banner, and on a
 * page's own links and buttons. A dialog in the banner's root listens for
 * itself.
 */
export function presses(root: ShadowRoot, actions: Map<string, (layer: Layer) => void>) {
  const listen = guarded((event: Event) => {
    const path = event.composedPath()
    const inside = path.includes(root)
    for (const node of path) {
      if (!(node instanceof HTMLElement)) continue
      const act = actions.get(node.dataset.samtykke ?? '')
      if (inside && node.localName === 'dialog') return
      if (act) {
        event.preventDefault()
        return act(inside ? 'first' : 'page')
      }
    }
  })
  document.addEventListener('click', listen)
}
