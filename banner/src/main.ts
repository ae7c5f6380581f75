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
import { see } from './gate.ts'
import { guarded, warn } from './guard.ts'
import type { Host, Panel } from './host.ts'
import * as layer from './layer.ts'
import { remember, remembered } from './memory.ts'
import { open } from './open.ts'
import { base } from './page.ts'
import { type Act, listen } from './press.ts'
import { report, startSending } from './record.ts'
import { hand, isBehind } from './served.ts'
import { dress } from './sheet.ts'
import { signal } from './signal.ts'
import { lang, load } from './speech.ts'
import { newest } from './store.ts'
import { watchScripts } from './unmarked.ts'
import { watch } from './watch.ts'

/** What the panel gets to work with. */
const host: Host = {
  lang,
  root: layer.root,
  base: base as string,
  units,
  choice: () => choiceOf(units, answers),
  memory: remembered,
  apply: decide,
  stuck,
  dress,
  forget: reset,
  // The dialog has given focus back, unless what opened it is gone.
  closed: layer.refocus,
}

function openPanel() {
  layer.stand('append')
  load('panel')
    .then((panel: Panel) => {
      if (DIALOG) layer.giveWay()
      panel.open(host)
      report('markup')
    })
    // Without the panel the question itself is the way back.
    .catch(layer.askAgain)
}

const declared = new WeakSet<Element>()

/** Whether the page has had a body: what was to be said after a reload is said then. */
let seen: boolean

/** Puts everything where it belongs, after something has come into the page. */
function settle() {
  open()
  if (!document.body) return
  if (!seen) {
    seen = true
    const { tell } = remembered()
    if (tell) {
      remember({ tell: undefined })
      layer.say(tell)
    }
  }
  layer.show()
  for (const place of document.querySelectorAll('[data-samtykke=declaration]')) {
    if (declared.has(place)) continue
    declared.add(place)
    load('panel')
      .then((panel: Panel) => panel.declaration(place, host))
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

/** Starts the banner in this page. */
function start() {
  recall()
  if (SIGNALS) {
    signal('default')
    if (newest(answers)) signal('update')
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
  for (const event of ['storage', 'pageshow', 'hashchange'])
    addEventListener(event, guarded(look))
  // Hosts that share an answer do not hear each other's storage.
  if (DOMAIN) addEventListener('visibilitychange', guarded(look))
  watchWriting()
  // The page need not wait for it.
  setTimeout(startSending)
  happen('ready')
}

if (base) guarded(start)()
