import { sections } from 'samtykke:panel'
import { h } from './element.ts'
import type { Host } from './host.ts'
import { type Granted } from './panel-section.ts'
import { moment, text } from './panel-text.ts'

interface Told {
  decisions: { time: string; state: string }[]
}

/** Asks the server for what it holds of this visitor, or to erase it. */
async function ask({ base }: Host, token: string, method = 'GET'): Promise<Told> {
  const answer = await fetch(`${base}/me`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json()
}

/** Names what is granted, each service once. */
function grantedNames(granted: Granted) {
  const names = sections.flatMap(({ key, services }) =>
    services.filter((service) => granted(`${key}/${service.key}`)).map(({ name }) => name),
  )
  return [...new Set(names)].join(', ') || text('nothing')
}

function download(data: unknown, name: string) {
  const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })
  const address = URL.createObjectURL(file)
  h('a', { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}

/** "My choice": what is recorded of this visitor, and what can be done with it. */
export function me(host: Host, granted: Granted, tell: (text: string) => void) {
  const token = host.token()
  const view = h('div', { class: 'me' }, h('h3', {}, text('me')))
  if (!token) {
    view.append(h('p', {}, text('me_none')))
    return view
  }
  const field = h('input', { readonly: '', value: token })
  const list = h('ul', {})
  const button = (key: string, press: () => unknown) => {
    const made = h('button', { type: 'button' }, text(key))
    made.onclick = async () => {
      try {
        await press()
      } catch {
        tell(text('failed'))
      }
    }
    return made
  }
  view.append(
    h('p', {}, text('yes', { names: grantedNames(granted) })),
    h('label', { class: 'key' }, text('key'), field),
    h('p', {}, text('key_text')),
    button('copy', async () => {
      field.select()
      await navigator.clipboard.writeText(token)
      tell(text('copied'))
    }),
    button('history', async () => {
      const { decisions } = await ask(host, token)
      list.replaceChildren(
        ...decisions.map(({ time, state }) =>
          h('li', {}, `${moment(time, host.lang)}: ${text(state)}`),
        ),
      )
    }),
    button('export', async () => download(await ask(host, token), 'samtykke.json')),
    list,
    h(
      'details',
      {},
      h('summary', {}, text('erase')),
      h('p', {}, text('erase_text')),
      button('erase_do', async () => {
        await ask(host, token, 'DELETE')
        host.forget()
        view.replaceWith(me(host, granted, tell))
        tell(text('erased'))
      }),
    ),
  )
  return view
}
