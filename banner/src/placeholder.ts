import { places } from 'samtykke:notice'
import { warn } from './guard.ts'
import type { Place, PlaceHost } from './host.ts'

/*
 * Placeholders are a file of their own, which is loaded when a page holds
 * content that is asked for in place. Until then, and without it, the content is
 * not there.
 */

let place: Place | undefined
let loading: Promise<void> | undefined

export function stand(
  element: HTMLElement,
  service: string,
  host: PlaceHost,
  load: () => Promise<Place>,
  again: () => void,
) {
  if (!places.includes(service)) return
  if (place) place.stand(element, service, host)
  else
    loading ??= load().then((loaded) => {
      place = loaded
      again()
    }, warn)
}

export const fall = (element: HTMLElement) => place?.fall(element)
