import * as say from 'samtykke:say'
import { h } from './element.ts'
import type { Host } from './host.ts'
import { fill, moment, paragraph, title } from './panel-part.ts'

/*
 * What the panel shows of a visitor who has chosen, in a file of its own for each
 * language: nobody loads it before there is something to show.
 */

interface Told {
  decisions: { id: string; time: string; state: string }[]
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
 * The way to the visitor's own page, or to a receipt there. The token is in the fragment, which is never
 * sent, and in the address only while a press is followed: what a page's scripts
 * write down of its links is without it.
 */
function toPage({ base, lang, memory }: Host, label: string, receipt = '') {
  const href = `${base}/me.html?lang=${lang}`
  const link = h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label)
  link.onclick = link.onauxclick = () => {
    link.hash = memory().token + receipt
    setTimeout(() => {
      link.href = href
    })
  }
  return paragraph(link)
}

/**
 * "My choice": the names that are granted, the newest receipt, what is recorded of
 * this visitor, and what can be done with it.
 * Says in `status` what happened, and calls `forgotten` after erasure.
 */
export function mine(
  host: Host,
  names: string[],
  status: HTMLElement,
  forgotten: () => void,
): Node[] {
  const { token = '', last } = host.memory()
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
  const copied = (name: string, value: string, label: string) => {
    const field = h('input', { readonly: '', value })
    const copy = button(label, say.copied, async () => {
      field.select()
      await navigator.clipboard.writeText(value)
      copy.textContent = `${label} ✓`
    })
    return [h('label', {}, name, field), copy]
  }
  const list = h('ul', {})
  const newest = h('div', {})
  if (last)
    newest.append(
      ...copied(
        `${say.receipt} (${moment(last.time, host.lang)})`,
        last.id,
        say.receipt_copy,
      ),
      toPage(host, say.receipt_page, `&receipt=${last.id}`),
    )
  return [
    title(3, say.me),
    paragraph(fill(say.yes, { names: names.join(', ') || say.nothing })),
    newest,
    ...copied(say.key, token, say.copy),
    paragraph(say.key_text),
    toPage(host, say.page),
    h(
      'div',
      { class: 'rest' },
      button(say.history, '', async () => {
        const { decisions } = await ask(host)
        const items = decisions.map(({ id, time, state }) =>
          h('li', {}, `${moment(time, host.lang)}: ${states[state]} (${id})`),
        )
        // Erased on the visitor's own page, unless it still waits to be sent.
        const known = decisions.some(({ id }) => id === last?.id)
        if (!known && !host.memory().queue?.length) newest.remove()
        list.replaceChildren(...(items.length ? items : [h('li', {}, say.none)]))
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
