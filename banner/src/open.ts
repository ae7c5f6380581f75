import * as gate from './gate.ts'
import { warn } from './guard.ts'
import { fall, stand, unfold } from './part.ts'
import { report } from './record.ts'

/** Opens the gate as far as the answers allow. */
export const open = () =>
  gate.open(
    unfold,
    (element, service) => stand(element, service, open),
    fall,
    (name) => {
      warn(`the notice does not have "${name}", which stays off`)
      report('unknown', name)
    },
  )
