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

/** Makes the box of a category say what the boxes of its services say. */
export function sync(category: Element) {
  const [top, ...boxes] = category.querySelectorAll('input')
  if (!top || top.name.includes('/')) return
  top.checked = boxes.every((box) => box.checked)
  top.indeterminate = !top.checked && boxes.some((box) => box.checked)
}

function sectionView(
  { key, name, purpose, box, has }: Section,
  level: number,
  granted?: Granted,
) {
  const view = h(
    'div',
    { class: 'category' },
    title(
      level,
      box && granted ? h('label', {}, checkbox(`${key}`, false), name) : name,
    ),
    paragraph(purpose),
    ...has.map(([place, rows, asked]) => {
      const service = services[place] as Service
      const ref = `${key}/${service.key}`
      const own = asked && granted ? checkbox(ref, granted(ref)) : undefined
      return serviceView(service, rows, level + 1, own)
    }),
  )
  sync(view)
  return view
}

/** The whole inventory; with `granted` there are boxes for what can be chosen. */
export const sectionViews = (level: number, granted?: Granted) =>
  sections.map((section) => sectionView(section, level, granted))
