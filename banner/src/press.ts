import { guarded } from './guard.ts'
import type { Layer } from './host.ts'
import { host, root } from './layer.ts'

/** What a press does. `content` is what a pressed placeholder stands for. */
export type Act = (layer: Layer, content: HTMLElement) => void

/**
 * Listens for presses on `data-samtykke` anywhere: in the banner, in
 * placeholders, and on a page's own links and buttons, before a handler of the page
 * can keep a press from coming here. The panel has its own: while it is open
 * nothing else can be pressed.
 */
export function listen(acts: Record<string, Act>) {
  document.addEventListener(
    'click',
    guarded((event: Event) => {
      const path = event.composedPath() as HTMLElement[]
      const nearest = (name: string) => path.find(({ dataset }) => dataset?.[name])
      const act = acts[nearest('samtykke')?.dataset.samtykke as string]
      if (!act || root.querySelector(DIALOG ? 'dialog:not(.ask)' : 'dialog')) return
      event.preventDefault()
      const content = nearest('samtykkePlace')?.nextElementSibling as HTMLElement
      act(path.includes(host) ? 'first' : 'page', content)
    }),
    true,
  )
}
