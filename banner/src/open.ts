import { places } from 'samtykke:notice'
import { isInPlace } from './answer.ts'
import * as gate from './gate.ts'
import { withPlace, withRest } from './part.ts'
import { report } from './record.ts'
import { freely } from './watched.ts'

/** Whether a placeholder has been asked for: else there is none to take away. */
let stands: unknown

/** Opens the gate as far as the answers allow. */
export const open = () =>
  gate.open(
    async (element) =>
      (await withRest((rest) =>
        AUTOMATIC ? freely(() => rest.unfold(element)) : rest.unfold(element),
      )) ?? [],
    (element, service) => {
      if (isInPlace(service) || (PLACES && places.includes(service))) {
        stands = withPlace((place) => place.stand(element, service))
      }
    },
    (element) =>
      (stands || (YOUTUBE && element.matches('iframe'))) &&
      withPlace((place) =>
        AUTOMATIC ? freely(() => place.fall(element)) : place.fall(element),
      ),
    (name) => report('unknown', name),
  )
