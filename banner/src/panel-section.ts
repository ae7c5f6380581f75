import { type Section, type Service, sections } from 'samtykke:panel'
import { h } from './element.ts'
import type { Ref } from './host.ts'
import { serviceView } from './panel-service.ts'
import { text } from './panel-text.ts'

/** Whether a service is granted; undefined where there is nothing to choose. */
export type Granted = (ref: Ref) => boolean | undefined

const checkbox = (name: string, checked = false) => {
  const box = h('input', { type: 'checkbox', name })
  box.checked = checked
  return box
}

/** Makes a category's box say what the boxes of its services say. */
export function sync(group: Element) {
  const [top, ...boxes] = group.querySelectorAll('input')
  if (!top) return
  top.checked = boxes.every((box) => box.checked)
  top.indeterminate = !top.checked && boxes.some((box) => box.checked)
}

function sectionView({ key, name, purpose, services }: Section, level: number, granted?: Granted) {
  const view = (service: Service) => {
    const ref = `${key}/${service.key}`
    const state = granted?.(ref)
    const box = state === undefined ? undefined : checkbox(ref, state)
    return serviceView(service, level + 1, !granted, box)
  }
  const choosable = services.filter((service) => granted?.(`${key}/${service.key}`) !== undefined)
  const inPlace = choosable.filter((service) => service.place)
  const banner = choosable.filter((service) => !service.place)
  const told = services.filter((service) => !choosable.includes(service))
  // The category's box stands for what the banner asks; else for all in place.
  const grouped = banner.length ? banner : inPlace
  const tag = `h${level}` as 'h3'
  const group = grouped.length
    ? h(
        'div',
        { class: 'group' },
        h(tag, {}, h('label', {}, checkbox(key ?? ''), name)),
        h('p', {}, purpose, grouped === inPlace ? ` ${text('place')}` : ''),
        ...grouped.map(view),
      )
    : h('div', {}, h(tag, {}, name), h('p', {}, purpose))
  if (grouped.length) sync(group)
  else if (key === 'necessary') group.append(h('p', {}, text('necessary')))
  return h(
    'div',
    { class: 'category' },
    group,
    ...(banner.length && inPlace.length
      ? [h('p', { class: 'place' }, text('place')), ...inPlace.map(view)]
      : []),
    ...told.map(view),
  )
}

/** The whole inventory; with `granted` each service can be chosen. */
export const sectionViews = (level: number, granted?: Granted) =>
  sections.map((section) => sectionView(section, level, granted))
