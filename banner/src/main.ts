import { bundle, units } from 'samtykke:notice'
import { answers, recall } from './answer.ts'
import { happen, publish } from './api.ts'
import { choiceOf } from './choice.ts'
import * as decisions from './decide.ts'
import * as gate from './gate.ts'
import { guarded, warn } from './guard.ts'
import type { Host, Layer, Panel, PlaceHost } from './host.ts'
import * as layer from './layer.ts'
import { forget, remember, remembered } from './memory.ts'
import { base, lang, ours } from './page.ts'
import { fall, stand } from './placeholder.ts'
import { presses } from './press.ts'
import { report, startSending } from './record.ts'
import { watch } from './watch.ts'

/** Loads a part that most pages do without. */
const load = (part: string) => import(`${base}/${part}.${lang}.${bundle}.js`)

/** Shows the question or the way back; changes only what is not as it should be. */
function show() {
  const open = decisions.pending()
  if (ASKS && open.length) return layer.ask(open)
  // The page's own controls stand in for ours.
  const missing = (decisions.isGranted() ? ['open', 'withdraw'] : ['open']).filter(
    (action) => !document.querySelector(`[data-samtykke=${action}]`),
  )
  layer.rest(missing)
  if (missing.length && document.readyState !== 'loading') layer.stand('append')
}

const at: decisions.Surroundings = {
  said(key, names) {
    show()
    layer.tell(key, names)
  },
  changed() {
    openGate()
    show()
    happen('change')
  },
}

const placeHost: PlaceHost = {
  lang,
  once: guarded((element: HTMLElement) => decisions.showOnce(at, element)),
  always: guarded((service: string) =>
    decisions.grant(at, service, 'placeholder_always', 'placeholder'),
  ),
}

const openGate = () =>
  gate.open({
    stand(element, service) {
      if (PLACES) stand(element, service, placeHost, () => load('place'), openGate)
    },
    fall,
    unknown(name) {
      warn(`the notice does not have "${name}", which stays off`)
      report('unknown', name)
    },
  })

/** What the panel gets to work with. */
const host: Host = {
  lang,
  root: layer.root,
  base: `${base}`,
  units,
  current() {
    const { last } = remembered()
    const answered = !decisions.pending().length
    return { choice: choiceOf(units, answers), answered, ...(last && { decided: last }) }
  },
  apply: (choice, method, from) => decisions.decide(at, choice, method, from),
  token: () => remembered().token ?? null,
  stuck: () => [...decisions.stuck],
  forget,
  closed() {
    // The dialog has given focus back, unless what opened it is gone.
    if (document.activeElement === document.body) layer.root.querySelector('button')?.focus()
  },
}

function openPanel() {
  layer.stand('append')
  load('panel').then(
    (panel: Panel) => panel.open(host),
    // Without the panel the question itself is the way back.
    () => layer.ask(units.filter(({ service }) => !service)),
  )
}

function see(element: Element) {
  gate.see(element)
  for (const place of element.querySelectorAll('[data-samtykke=declaration]')) {
    load('panel').then((panel: Panel) => panel.declaration(place, host), warn)
  }
}

/** Starts the banner in this page. */
function start() {
  // What was withdrawn may have come back: it goes before anything is let through.
  recall()
  decisions.tidy()
  publish(
    openPanel,
    () => decisions.withdraw(at, 'page'),
    (service) => decisions.grant(at, service, 'api', 'page'),
  )
  presses(
    layer.root,
    new Map<string, (from: Layer) => void>([
      ['open', openPanel],
      ['accept', (from) => decisions.answerAll(at, true, from)],
      ['reject', (from) => decisions.answerAll(at, false, from)],
      ['save', (from) => decisions.decide(at, { categories: layer.ticked(), services: {} }, 'save', from)],
      ['withdraw', (from) => decisions.withdraw(at, from)],
    ]),
  )
  guarded(layer.dress)()
  watch(see, () => {
    openGate()
    show()
  })
  const { tell } = remembered()
  if (tell) {
    remember({ tell: undefined })
    at.said('withdrawn', tell)
  }
  const refresh = guarded(() => decisions.refresh(at))
  addEventListener('pageshow', ({ persisted }) => persisted && refresh())
  addEventListener('storage', ({ key }) => key === ours && refresh())
  startSending()
  happen('ready')
}

if (base) guarded(start)()
