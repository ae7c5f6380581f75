import { units } from 'samtykke:notice'
import { answers, recall } from './answer.ts'
import { happen, publish } from './api.ts'
import { choiceOf } from './choice.ts'
import { stuck } from './clear.ts'
import {
  answerAll,
  decide,
  grant,
  refresh,
  reset,
  showOnce,
  tidy,
  watchWriting,
  withdraw,
} from './decide.ts'
import { onceDrawn } from './drawn.ts'
import { see } from './gate.ts'
import { guarded, warn } from './guard.ts'
import type { Host, Panel } from './host.ts'
import * as layer from './layer.ts'
import { remember, remembered } from './memory.ts'
import { open } from './open.ts'
import { base } from './page.ts'
import { type Act, listen } from './press.ts'
import { flush, report } from './record.ts'
import { hand, isBehind } from './served.ts'
import { dress } from './sheet.ts'
import { signal } from './signal.ts'
import { lang, load } from './speech.ts'
import { newest } from './store.ts'
import { watchScripts } from './unmarked.ts'
import { watch } from './watch.ts'

/** What the panel gets to work with. */
const host: Host = {
  root: layer.root,
  base: base as string,
  units,
  apply: decide,
  choice: () => choiceOf(units, answers),
  memory: remembered,
  stuck,
  dress,
  forget: reset,
  // The dialog has given focus back, unless what opened it is gone.
  closed: layer.refocus,
  lang,
}

function openPanel() {
  layer.stand('append')
  load<Panel>('panel')
    .then((panel) => {
      if (DIALOG) layer.giveWay()
      panel.open(host)
      report('markup')
    })
    // Without the panel the question itself is the way back.
    .catch(layer.askAgain)
}

const declared = new WeakSet<Element>()

/** Puts everything where it belongs, after something has come into the page. */
function settle() {
  open()
  if (!document.body) return
  layer.show()
  for (const place of document.querySelectorAll('[data-samtykke=declaration]')) {
    if (declared.has(place)) continue
    declared.add(place)
    load<Panel>('panel')
      .then((panel) => panel.declaration(place, host))
      .catch(warn)
  }
}

/**
 * Another tab may have decided, also while this page was put away; and an address
 * that ends in "#samtykke" leads to the choice. The panel takes that end off.
 */
function look() {
  refresh()
  if (location.hash === '#samtykke') openPanel()
}

const save: Act = (from) =>
  decide({ categories: layer.ticked(), services: {} }, 'save', from)

/** What the words in `data-samtykke` do. */
const acts: Record<string, Act> = {
  ...(SEVERAL && { save }),
  ...(DIALOG && { leave: layer.leave }),
  open: openPanel,
  accept: (from) => answerAll(true, from),
  reject: (from) => answerAll(false, from),
  withdraw,
  once: (_, content) => showOnce(content),
  always: (_, { dataset: { service = '' } }) =>
    grant(service, 'placeholder_always', 'placeholder'),
}

/** Says what was to be said after a reload. */
function sayAgain() {
  const { tell } = remembered()
  if (!tell) return
  remember({ tell: undefined })
  layer.say(tell)
}

/** Starts the banner in this page. */
function start() {
  recall()
  if (SIGNALS) signal('default')
  // Without an answer the browser's storage stays closed until the page is drawn.
  if (newest(answers)) {
    if (SIGNALS) signal('update')
    sayAgain()
  }
  // What was withdrawn may have come back: it goes before anything is let through.
  tidy()
  if (SAME_ORIGIN && isBehind()) hand()
  publish(
    openPanel,
    () => withdraw('page'),
    (service) => grant(service, 'api', 'page'),
  )
  listen(acts)
  watch(AUTOMATIC ? watchScripts() : see, settle)
  watchWriting()
  happen('ready')
  // All this may open the browser's storage, for which no page need wait. Each has a
  // task of its own, so that none is long. Hosts that share an answer do not hear each
  // other's storage.
  for (const event of [
    'storage',
    'pageshow',
    'hashchange',
    ...(DOMAIN ? ['visibilitychange'] : []),
  ])
    onceDrawn(() => addEventListener(event, guarded(look)))
  onceDrawn(look)
  // After an erasure there is no answer, but word of it.
  onceDrawn(sayAgain)
  onceDrawn(flush)
}

if (base) guarded(start)()
