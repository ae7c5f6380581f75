import { categories, heading, links } from 'samtykke:notice'
import { button, h } from './element.ts'
import type { Unit } from './host.ts'
import type { Speech } from './speech.ts'

export interface Surroundings extends Speech {
  /** Address of this site at Samtykke. */
  base: string
  /** The browser objects to tracking. */
  gpc: boolean
}

/** The first layer: one section with a question, or with the way back. */
export function layer({ texts, say, dress, lang, base, gpc }: Surroundings) {
  const host = h('div', { id: 'samtykke', lang })
  const root = dress(host)
  const status = h('p', { role: 'status' })
  const content = h('div', {})
  const section = h('section', {}, status, content)
  root.append(section)

  const text = (key: string) => texts[key] ?? ''

  /** In the first place of the body, which may not have been read yet. */
  function stand(where: 'prepend' | 'append') {
    if (document.body && !host.isConnected) document.body[where](host)
  }

  function option({ category }: Unit) {
    const { name, purpose } = categories[category] ?? { name: category, purpose: '' }
    const box = h('input', { type: 'checkbox', name: category })
    return h('label', {}, box, h('span', {}, h('b', {}, say(name)), ` ${say(purpose)}`))
  }

  function question(units: Unit[]): Node[] {
    const title = h(`h${heading}` as 'h2', { id: 'title' }, text('heading'))
    const { declaration = '', privacy = '' } = links[lang] ?? {}
    const link = (address: string, label: string) =>
      address ? [' ', h('a', { href: address }, label)] : []
    const choices = SEVERAL
      ? h('div', { role: 'group', 'aria-labelledby': 'title' }, ...units.map(option))
      : h('p', {}, ...units.map(({ category }) => say(categories[category]?.purpose)))
    const actions = SEVERAL ? ['save', 'accept', 'reject'] : ['accept', 'reject']
    return [
      title,
      h('p', {}, text('intro')),
      choices,
      h('p', {}, `${text('necessary')} ${text('change')}`, gpc ? ` ${text('gpc')}` : ''),
      h('div', { class: 'buttons' }, ...actions.map((action) => button(action, text(action)))),
      h(
        'p',
        { class: 'links' },
        button('open', text('details'), 'link'),
        ...link(declaration || `${base}/cookies?lang=${lang}`, text('declaration')),
        ...link(privacy, text('privacy')),
      ),
    ]
  }

  return {
    host,
    root,
    /** Asks for the units, at the very top of the page. */
    ask(units: Unit[]) {
      if (!section.hasAttribute('aria-labelledby')) {
        section.removeAttribute('aria-label')
        section.setAttribute('aria-labelledby', 'title')
        content.className = 'ask'
        content.replaceChildren(...question(units))
      }
      stand('prepend')
    },
    /** Leaves the controls by which the visitor comes back. */
    rest(actions: string[]) {
      section.removeAttribute('aria-labelledby')
      section.setAttribute('aria-label', text('open'))
      content.className = 'rest'
      content.replaceChildren(...actions.map((action) => button(action, text(action), 'link')))
    },
    stand,
    /** What the visitor ticked. */
    ticked: () =>
      Object.fromEntries(
        [...content.querySelectorAll('input')].map(({ name, checked }) => [name, checked]),
      ),
    /** Says what has happened, to eyes and ears. */
    tell(key: string, names: string[]) {
      const stays = names.length ? ` ${text('stays').replace('{names}', names.join(', '))}` : ''
      status.textContent = text(key) + stays
    },
  }
}
