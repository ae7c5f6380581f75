import { languages, units } from 'samtykke:notice'
import { actions } from './actions.ts'
import { publish } from './api.ts'
import { baseAddress, isTaken } from './begin.ts'
import { choiceOf } from './choice.ts'
import { decisions, own, type Surroundings } from './decide.ts'
import { gate as makeGate } from './gate.ts'
import { guarded } from './guard.ts'
import { pick } from './language.ts'
import { layer as makeLayer } from './layer.ts'
import { remember } from './memory.ts'
import { placeholders } from './placeholder.ts'
import { presses } from './press.ts'
import { objects, recorder } from './record.ts'
import { reporter } from './report.ts'
import { speech } from './speech.ts'
import { view } from './view.ts'
import { watch } from './watch.ts'

/** Starts the banner in this page: everything is wired here. */
function start(base: string) {
  const lang = LANGUAGES ? pick(document.documentElement.lang, languages) : (languages[0] ?? '')
  const speaks = speech(lang)
  const memory = remember(own)
  const report = reporter(base)
  const record = recorder(base, memory, lang)
  const decided = decisions()
  const places = PLACES ? placeholders(speaks) : undefined
  const layer = makeLayer({ ...speaks, base, gpc: objects() })
  const views = view({ layer, ...decided })
  const gate = makeGate({
    verdict: decided.verdict,
    stands: (element, service) => places?.stand(element, service),
    falls: (element) => places?.fall(element),
    unknown: (name) => report('unknown', name),
  })
  const changed = () => {
    views.show()
    tell('change')
  }
  const at: Surroundings = { memory, record, report, gate, said: views.said, changed }
  const does = actions({ base, lang, at, decided, layer, views, places })

  // Before anything is let through: what was withdrawn may have come back.
  if (CLEARS) decided.tidy(at)
  const tell = publish({
    state: () => ({ ...choiceOf(units, decided.answers()), answered: decided.isAnswered() }),
    decided: () => Object.keys(decided.answers()).length > 0,
    ...does,
  })
  presses(layer.root, does.press)
  watch(
    (element) => {
      gate.see(element)
      for (const place of [element, ...element.querySelectorAll('[data-samtykke]')]) {
        if (place.matches('[data-samtykke="declaration"]')) does.declare(place)
      }
    },
    () => {
      gate.open()
      views.show()
    },
  )
  sayAfterReload(at)
  follow(decided, at)
  record.flush()
  tell('ready')
}

/** Says what a withdrawal left behind, once the page has been loaded anew. */
function sayAfterReload({ memory, said }: Surroundings) {
  const { tell } = memory.read()
  if (!tell) return
  memory.write({ tell: undefined })
  said('withdrawn', tell)
}

/** Follows what other tabs decide, also while this page was put away. */
function follow(decided: ReturnType<typeof decisions>, at: Surroundings) {
  const refresh = guarded(() => decided.refresh(at))
  addEventListener('pageshow', ({ persisted }) => persisted && refresh())
  addEventListener('storage', ({ key }) => key === own && refresh())
}

const base = baseAddress()
if (base && !isTaken()) guarded(start)(base)
