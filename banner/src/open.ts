import { places } from 'samtykke:notice'
import { isInPlace } from './answer.ts'
import * as gate from './gate.ts'
import { fall, withRest } from './part.ts'
import { report } from './record.ts'

/** Opens the gate as far as the answers allow. */
export const open = () =>
  gate.open(
    async (element) => (await withRest((rest) => rest.unfold(element))) ?? [],
    (element, service) => {
      if (isInPlace(service) || (PLACES && places.includes(service))) {
        withRest((rest) => rest.stand(element, service))
      }
    },
    fall,
    (name) => report('unknown', name),
  )
