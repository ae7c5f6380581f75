import { units } from 'samtykke:notice'
import { choiceOf } from './choice.ts'
import { type decisions, grantOf, type Surroundings } from './decide.ts'
import { warn } from './guard.ts'
import type { Host, Layer } from './host.ts'
import type { layer as makeLayer } from './layer.ts'
import type { placeholders } from './placeholder.ts'
import type { Press } from './press.ts'
import { second } from './second.ts'
import { focusInPlaceOf, type view } from './view.ts'

export interface Parts {
  base: string
  lang: string
  at: Surroundings
  decided: ReturnType<typeof decisions>
  layer: ReturnType<typeof makeLayer>
  views: ReturnType<typeof view>
  places: ReturnType<typeof placeholders> | undefined
}

/** What the panel gets to work with. */
const hostOf = ({ base, lang, at, decided, layer, views }: Parts): Host => ({
  lang,
  root: layer.root,
  base,
  units,
  current() {
    const { last } = at.memory.read()
    return {
      choice: choiceOf(units, decided.answers()),
      answered: decided.isAnswered(),
      ...(last && { decided: last }),
    }
  },
  apply: (choice, method, from) => decided.decide(at, choice, method, from),
  token: () => at.memory.read().token ?? null,
  receipt: () => at.memory.read().receipt ?? null,
  stuck: () => [...decided.stuck],
  forget: at.memory.forget,
  closed: views.returnFocus,
})

/** What visitors, pages and scripts can do. */
export function actions(parts: Parts) {
  const { base, lang, at, decided, layer, views, places } = parts
  const load = second(base, lang)
  const host = hostOf(parts)

  function open() {
    views.keepFocus()
    load()
      .then((panel) => panel.open(host))
      .catch((error) => {
        warn(error)
        // Without the panel the question itself is the way back.
        views.askAgain()
      })
  }

  /** Shows what a placeholder stands for, and moves focus into it. */
  function showContent(button: Element, always: boolean) {
    const placeholder = (button.getRootNode() as ShadowRoot).host
    const element = placeholder && places?.behind(placeholder)
    if (!element) return
    const { service = '' } = element.dataset
    focusInPlaceOf(placeholder)
    if (always) return decided.decide(at, grantOf(service), 'placeholder_always', 'placeholder')
    decided.showOnce(at, service)
    at.gate.show(element)
    views.show()
  }

  const save = (from: Layer) =>
    decided.decide(at, { categories: layer.ticked(), services: {} }, 'save', from)

  const byName = new Map<string, (press: Press) => void>([
    ['open', open],
    ['accept', ({ layer: from }) => decided.answerAll(at, true, from)],
    ['reject', ({ layer: from }) => decided.answerAll(at, false, from)],
    ['save', ({ layer: from }) => save(from)],
    ['withdraw', ({ layer: from }) => decided.withdraw(at, from)],
    ['once', ({ element }) => showContent(element, false)],
    ['always', ({ element }) => showContent(element, true)],
  ])

  return {
    open,
    withdraw: () => decided.withdraw(at, 'page'),
    grant: (service: string) => decided.decide(at, grantOf(service), 'api', 'page'),
    /** Does what was pressed. Gives whether there is such an action. */
    press(press: Press) {
      const act = byName.get(press.action)
      act?.(press)
      return act !== undefined
    },
    /** Puts the inventory into the page's own element. */
    declare(element: Element) {
      load()
        .then((panel) => panel.declaration(element, host))
        .catch(warn)
    },
  }
}
