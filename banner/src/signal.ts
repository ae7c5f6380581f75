import { signals, units } from 'samtykke:notice'
import { answers } from './answer.ts'
import { verdict } from './choice.ts'
import { guarded } from './guard.ts'
import { google } from './signal-google.ts'
import { matomo } from './signal-matomo.ts'
import { clarity, uet } from './signal-microsoft.ts'
import { meta, tiktok } from './signal-pixel.ts'
import { shopify, wordpress } from './signal-shop.ts'

/*
 * What vendors' scripts are told of the answer. Telling sends nothing: their queues
 * are lists in the page that nobody reads before the script has its yes.
 */

/** `default` before anything may run; `update` at a stored answer and at each new one. */
export type Moment = 'default' | 'update'

/** Tells a vendor what of its own types of consent is granted. */
export type Vendor = (granted: Record<string, boolean>, moment: Moment) => void

/** Those that the site has: what it has not is not in the file. */
const vendors = (): (readonly [Vendor, Record<string, string>])[] => [
  ...(GOOGLE ? [[google, signals.google] as const] : []),
  ...(UET ? [[uet, signals.microsoft_uet] as const] : []),
  ...(CLARITY ? [[clarity, signals.microsoft_clarity] as const] : []),
  ...(META ? [[meta, signals.meta] as const] : []),
  ...(TIKTOK ? [[tiktok, signals.tiktok] as const] : []),
  ...(MATOMO ? [[matomo, signals.matomo] as const] : []),
  ...(WORDPRESS ? [[wordpress, signals.wordpress] as const] : []),
  ...(SHOPIFY ? [[shopify, signals.shopify] as const] : []),
]

/** Tells every vendor that the site has. */
export function signal(moment: Moment) {
  for (const [vendor, types] of vendors()) {
    const granted: Record<string, boolean> = {}
    // A page may have put names of its own into every object.
    for (const type of Object.keys(types)) {
      const [category = '', service = ''] = (types[type] as string).split('/')
      // Vendors hear first of all that nothing is granted, whatever has been.
      granted[type] =
        moment === 'update' && !!verdict(units, answers, category, service)
    }
    guarded(vendor)(granted, moment)
  }
}
