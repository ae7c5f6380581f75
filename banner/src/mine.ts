import * as say from 'samtykke:say'
import { h } from './element.ts'
import type { Host } from './host.ts'
import { fill, moment, paragraph, title } from './panel-part.ts'

interface Told {
  decisions: { time: string; state: string }[]
}

/** Asks the server for what it holds of this visitor, or to erase it. */
async function ask(host: Host, method = 'GET'): Promise<Told> {
  const headers = { Authorization: `Bearer ${host.memory().token}` }
  const answer = await fetch(`${host.base}/me`, { method, headers })
  if (!answer.ok) throw answer
  return answer.json()
}

const states: Record<string, string> = {
  given: say.given,
  partly_given: say.partly_given,
  refused: say.refused,
  withdrawn: say.withdrawn,
  expired: say.expired,
}

/**
 * "My choice": the names that are granted, what is recorded of this visitor, and
 * what can be done with it.
 * Says in `status` what happened, and calls `forgotten` after erasure. There is
 * nothing before the first decision.
 */
export function me(
  host: Host,
  names: string[],
  status: HTMLElement,
  forgotten: () => void,
): Node[] {
  const { token } = host.memory()
  if (!token) return []

  const button = (label: string, done: string, press: () => Promise<void>) => {
    const made = h('button', { type: 'button', class: 'link' }, label)
    made.onclick = async () => {
      status.textContent = await press().then(
        () => done,
        () => say.failed,
      )
    }
    return made
  }
  const field = h('input', { readonly: '', value: token })
  const list = h('ul', {})
  return [
    title(3, say.me),
    paragraph(fill(say.yes, { names: names.join(', ') || say.nothing })),
    h('label', {}, say.key, field),
    paragraph(say.key_text),
    h(
      'div',
      { class: 'rest' },
      button(say.copy, say.copied, () => {
        field.select()
        return navigator.clipboard.writeText(token)
      }),
      button(say.history, '', async () => {
        const item = ({ time, state }: Told['decisions'][0]) =>
          h('li', {}, `${moment(time, host.lang)}: ${states[state]}`)
        list.replaceChildren(...(await ask(host)).decisions.map(item))
      }),
      button(say.download, '', async () => {
        const data = JSON.stringify(await ask(host), null, 2)
        const href = `data:application/json,${encodeURIComponent(data)}`
        h('a', { href, download: 'samtykke.json' }).click()
      }),
    ),
    list,
    h(
      'details',
      {},
      h('summary', {}, say.erase),
      paragraph(say.erase_text),
      button(say.erase_do, say.erased, async () => {
        await ask(host, 'DELETE')
        host.forget()
        forgotten()
      }),
    ),
  ]
}
