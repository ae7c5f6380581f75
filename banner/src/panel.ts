import * as say from 'samtykke:say'
import { button, h } from './element.ts'
import type { Host, Method, Mine } from './host.ts'
import css from './panel.css'
import { chosen, grants } from './panel-choice.ts'
import { foot, stays } from './panel-foot.ts'
import { fill, moment, paragraph } from './panel-part.ts'
import { sectionViews } from './panel-section.ts'

export { declaration } from './declaration.ts'

/** The three buttons: a press applies what is ticked, all or nothing, and closes. */
function buttons(host: Host, boxes: HTMLInputElement[], close: () => void) {
  const made = (
    action: string,
    label: string,
    method: Method,
    grants: (box: HTMLInputElement) => boolean,
  ) => {
    const made = button(action, label)
    made.onclick = () => {
      const refs = boxes.filter(grants).map(({ name }) => name)
      close()
      host.apply(chosen(host.units, refs, host.choice()), method, 'second')
    }
    return made
  }
  return h(
    'div',
    { class: 'buttons' },
    made('save', say.save, 'save', (box) => box.checked),
    made('accept', say.accept, 'accept_all', () => true),
    made('reject', say.reject, 'reject_all', () => false),
  )
}

/** Opens the second layer: a modal dialog, made anew each time. */
export function open(host: Host): void {
  if (host.root.querySelector('dialog')) return
  // The banner's own sheet comes first.
  if (!host.root.adoptedStyleSheets?.[1]) host.dress(host.root, css)
  const choice = host.choice()
  const { last, queue } = host.memory()
  const inventory = h(
    'div',
    {},
    ...sectionViews(3, (ref) =>
      host.units.some((unit) => unit.refs.includes(ref) && grants(choice, unit, ref)),
    ),
  )
  const boxes = [...inventory.querySelectorAll<HTMLInputElement>('[name*="/"]')]
  const granted = new Set(
    boxes
      .filter((box) => box.checked)
      .map((box) => box.parentElement?.textContent ?? ''),
  )
  const close = () => dialog.close()
  const now = paragraph(
    last
      ? fill(say.chosen, {
          time: moment(last.time, host.lang),
          id: queue?.[0] ? '…' : last.id, // no receipt while it waits
        })
      : say.none,
  )
  const status = h('p', { role: 'status', tabindex: '-1' })
  const mine = h('div', {})
  const showMine = () => {
    mine.textContent = ''
    if (!host.memory().token) return // nothing before the first decision
    // Its file is beside this one.
    import(import.meta.url.replace(/panel(?=[^/]*$)/, 'mine'))
      .then((part: Mine) =>
        mine.append(...part.mine(host, [...granted], status, forgotten)),
      )
      .catch(() => {
        mine.textContent = say.failed
      })
  }
  const forgotten = (kept: number) => {
    host.forget()
    const said = kept ? fill(say.kept, { kept }) : say.erased
    // What ran and must go takes the page with it: the one to come says this, too.
    host.root.querySelector('[role=status]')?.prepend(`${said} `)
    scrollTo(0, 0)
    now.textContent = say.none
    showMine()
    status.focus()
    return said
  }
  showMine()
  boxes[boxes.length - 1]?.closest('.category')?.after(buttons(host, boxes, close))
  const shut = h('button', { class: 'link' }, say.close)
  shut.onclick = close
  const dialog = h(
    'dialog',
    { lang: host.lang, 'aria-labelledby': 'panel' },
    h(
      'div',
      { class: 'top' },
      h('h2', { id: 'panel', tabindex: '-1', autofocus: '' }, say.heading),
      shut,
    ),
    now,
    ...stays([...host.stuck]),
    ...inventory.childNodes,
    mine,
    status,
    ...foot(host, 3),
  )
  // The banner listens to the whole page; these presses are ours.
  dialog.onclick = (event) => event.stopPropagation()
  dialog.onclose = () => {
    dialog.remove()
    host.closed()
  }
  host.root.append(dialog)
  dialog.showModal()
  // The address that led here has done its work.
  history.replaceState(history.state, '', location.href.replace('#samtykke', ''))
}
