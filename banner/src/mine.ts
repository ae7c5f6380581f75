import * as say from 'samtykke:say'
import { h } from './element.ts'
import type { Host } from './host.ts'
import { fill, moment, paragraph, title } from './panel-part.ts'

/*
 * What the panel shows of a visitor who has chosen, in a file of its own for each
 * language: nobody loads it before there is something to show.
 */

interface Told {
  decisions: { id: string; time: string; state: string; frozen?: boolean }[]
}

/** Has the server do something with what it holds of this visitor. */
async function send(host: Host, method: string, part = ''): Promise<Response> {
  const headers = { Authorization: `Bearer ${host.memory().token}` }
  const answer = await fetch(`${host.base}/me${part}`, { method, headers })
  if (!answer.ok) throw answer
  return answer
}

/** Asks what the server holds of this visitor. */
const ask = async (host: Host): Promise<Told> => (await send(host, 'GET')).json()

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
 * "My choice": the names that are granted, the newest receipt, unless its decision
 * still waits, what is recorded of this visitor, and what can be done with it.
 * Says in `status` what happened, and what `forgotten` says after erasure: it
 * is told how many are kept for a legal claim.
 */
export function mine(
  host: Host,
  names: string[],
  status: HTMLElement,
  forgotten: (kept: number) => string,
): Node[] {
  const { token = '', last, queue } = host.memory()
  const button = (label: string, done: string, press: () => Promise<unknown>) => {
    const made = h('button', { class: 'link' }, label)
    made.onclick = async () => {
      status.textContent = await press().then(
        (said) => (said as string) ?? done,
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
  const restrict = (label: string, done: string, method: string) =>
    button(label, done, async () => void (await send(host, method, '/frozen')))
  const list = h('ul', {})
  const newest = h('div', {})
  if (last && !queue?.[0])
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
        const items = decisions.map(({ id, time, state, frozen }) =>
          h(
            'li',
            {},
            `${moment(time, host.lang)}: ${states[state]}${frozen ? say.is_frozen : ''} (${id})`,
          ),
        )
        // Erased on the visitor's own page, unless it still waits to be sent.
        const known = decisions.some(({ id }) => id === last?.id)
        if (!known && !host.memory().queue?.[0]) newest.remove()
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
      h('summary', {}, say.freeze),
      paragraph(say.freeze_text),
      h(
        'div',
        { class: 'rest' },
        restrict(say.freeze, say.frozen, 'PUT'),
        restrict(say.release, say.released, 'DELETE'),
      ),
    ),
    h(
      'details',
      {},
      h('summary', {}, say.erase),
      paragraph(say.erase_text),
      button(say.erase_do, '', async () => {
        const { kept } = await (await send(host, 'DELETE')).json()
        return forgotten(kept)
      }),
    ),
  ]
}
