import { bundle } from 'samtykke:notice'
import type { Panel } from './host.ts'

/** Loads the second layer when it is wanted first; a failure may be tried again. */
export function second(base: string, lang: string) {
  let loading: Promise<Panel> | undefined
  return () => {
    loading ??= import(`${base}/panel.${lang}.${bundle}.js`).catch((error) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
