import { texts } from 'samtykke:panel'

/** A fixed text of the panel, with {names} filled in. */
export const text = (key: string, values: Record<string, string | number> = {}) =>
  (texts[key] ?? '').replace(/\{(\w+)\}/g, (whole, name) => `${values[name] ?? whole}`)

/** A moment in words. Browsers that know no Northern Sami dates say it in bokmål. */
export const moment = (time: number | string, lang: string) =>
  new Date(time).toLocaleString([lang, 'nb'], { dateStyle: 'long', timeStyle: 'short' })
