import { type Section, type Service, sections, services } from 'samtykke:panel'
import { h } from './element.ts'
import type { Ref } from './host.ts'
import { paragraph, title } from './panel-part.ts'
import { serviceView } from './panel-service.ts'

type Granted = (ref: Ref) => boolean

const checkbox = (name: string, checked: boolean) => {
  const box = h('input', { type: 'checkbox', name })
  box.checked = checked
  return box
}

/** Lets a category's box and those of its services follow each other. */
function tie(category: HTMLElement, top: HTMLInputElement, boxes: HTMLInputElement[]) {
  const sync = () => {
    top.checked = boxes.every((box) => box.checked)
    top.indeterminate = !top.checked && boxes.some((box) => box.checked)
  }
  category.onchange = ({ target }) => {
    if (target === top) for (const box of boxes) box.checked = top.checked
    sync()
  }
  sync()
}

function sectionView(
  { key, name, purpose, box, has }: Section,
  level: number,
  granted?: Granted,
) {
  const boxes: HTMLInputElement[] = []
  const views = has.map(([place, rows, asked]) => {
    const service = services[place] as Service
    const ref = `${key}/${service.key}`
    const own = asked && granted ? checkbox(ref, granted(ref)) : undefined
    if (own) boxes.push(own)
    return serviceView(service, rows, level + 1, own)
  })
  const top = box && granted ? checkbox(`${key}`, false) : undefined
  const view = h(
    'div',
    { class: 'category' },
    title(level, name, top),
    paragraph(purpose),
    ...views,
  )
  if (top) tie(view, top, boxes)
  return view
}

/** The whole inventory; with `granted` there are boxes for what can be chosen. */
export const sectionViews = (level: number, granted?: Granted) =>
  sections.map((section) => sectionView(section, level, granted))
