import { units } from 'samtykke:notice'
import type { Unit } from './host.ts'
import type { layer as makeLayer } from './layer.ts'

type Layer = ReturnType<typeof makeLayer>

export interface Surroundings {
  layer: Layer
  /** What the banner still has to ask for. */
  pending(): Unit[]
  /** Whether there is anything to withdraw. */
  granted(): boolean
}

/** The page's own control for an action, instead of which ours is left out. */
const provided = (action: string) => document.querySelector(`[data-samtykke="${action}"]`)

/** Shows what is to be shown now: the question, or the way back. */
export function view({ layer, pending, granted }: Surroundings) {
  let opener: Element | null = null
  let last = ''

  /** Is called often, and changes only what is not as it should be. */
  function show() {
    const asked = pending()
    if (ASKS && asked.length) return layer.ask(asked)
    const actions = granted() ? ['open', 'withdraw'] : ['open']
    const missing = actions.filter((action) => !provided(action))
    layer.rest(missing)
    if (missing.length && document.readyState !== 'loading') layer.stand('append')
  }

  return {
    show,
    /** Says what happened, and what only the visitor can delete. */
    said(key: string, names: string[]) {
      last = key || last
      show()
      layer.stand('prepend')
      layer.tell(last, names)
    },
    /** Asks for everything once more, where the panel cannot be had. */
    askAgain: () => layer.ask(units.filter((unit) => !unit.service)),
    /** Remembers what has focus, for when the dialog closes. */
    keepFocus() {
      if (!layer.host.isConnected) layer.stand('append')
      opener = layer.root.activeElement ?? document.activeElement
    },
    returnFocus() {
      const back = opener?.isConnected
        ? opener
        : (layer.root.querySelector('button') ?? provided('open'))
      if (back instanceof HTMLElement) back.focus()
    },
  }
}

/** Moves focus to what comes to stand in the place of an element. */
export function focusInPlaceOf({ previousElementSibling: before, parentElement: parent }: Element) {
  setTimeout(() => {
    let first = before ? before.nextElementSibling : parent?.firstElementChild
    while (first?.localName === 'script') first = first.nextElementSibling
    if (!(first instanceof HTMLElement)) return
    if (first.tabIndex < 0) first.tabIndex = -1
    first.focus()
  })
}
