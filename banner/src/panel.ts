import { button, h } from './element.ts'
import type { Host, Method } from './host.ts'
import { chosen, grants } from './panel-choice.ts'
import { contactViews, declarationAddress, own, stays, version } from './panel-foot.ts'
import { me } from './panel-me.ts'
import { type Granted, sectionViews, sync } from './panel-section.ts'
import { link } from './panel-service.ts'
import { dress } from './panel-style.ts'
import { moment, text } from './panel-text.ts'

export { declaration } from './declaration.ts'

const methods: Record<string, Method> = {
  save: 'save',
  accept: 'accept_all',
  reject: 'reject_all',
}

/** What is decided now, with its time and receipt. */
function standing(host: Host) {
  const { decided } = host.current()
  return decided
    ? text('chosen', { time: moment(decided.time, host.lang), id: decided.id })
    : text('none')
}

/** The boxes with their three buttons; a press applies the choice and closes. */
function form(host: Host, granted: Granted, close: () => void) {
  const view = h('div', {}, ...sectionViews(3, granted))
  const boxes = [...view.querySelectorAll('input')]
  const services = boxes.filter(({ name }) => name.includes('/'))
  view.onchange = ({ target }) => {
    const box = target as HTMLInputElement
    const group = box.closest('.group')
    if (!group) return
    if (!box.name.includes('/')) {
      for (const other of group.querySelectorAll('input')) other.checked = box.checked
    }
    sync(group)
  }
  const press = (action: string) => {
    if (action !== 'save') for (const box of services) box.checked = action === 'accept'
    const ticked = new Set(services.filter((box) => box.checked).map(({ name }) => name))
    const choice = chosen(host.units, (ref) => ticked.has(ref), host.current().choice)
    close()
    host.apply(choice, methods[action] ?? 'save', 'second')
  }
  const buttons = Object.keys(methods).map((action) => {
    const made = button(action, text(action))
    made.onclick = (event) => {
      event.stopPropagation() // the page's own listener would take it for the first layer
      press(action)
    }
    return made
  })
  return boxes.length ? [view, h('div', { class: 'buttons' }, ...buttons)] : [view]
}

/** Opens the second layer: a modal dialog, made anew each time. */
export function open(host: Host): void {
  if (host.root.querySelector('dialog')) return
  dress(host.root)
  const { choice } = host.current()
  const granted: Granted = (ref) => {
    const unit = host.units.find(({ refs }) => refs.includes(ref))
    return unit && grants(choice, unit, ref)
  }
  const status = h('p', { role: 'status' })
  const tell = (told: string) => {
    status.textContent = told
  }
  const shut = h('button', { type: 'button', class: 'shut' }, text('close'))
  const dialog = h(
    'dialog',
    { lang: host.lang, 'aria-labelledby': 'panel' },
    h('h2', { id: 'panel', tabindex: '-1', autofocus: '' }, text('heading')),
    shut,
    h('p', {}, standing(host)),
    ...stays(host.stuck()),
    ...form(host, granted, () => dialog.close()),
    me(host, granted, tell),
    status,
    ...own(3),
    h('h3', {}, text('contacts')),
    ...contactViews(4),
    h('p', {}, link(declarationAddress(host), text('declaration'))),
    version(host),
  )
  shut.onclick = () => dialog.close()
  dialog.onclose = () => {
    dialog.remove()
    host.closed()
  }
  host.root.append(dialog)
  dialog.showModal()
}
