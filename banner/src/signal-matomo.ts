import type { Vendor } from './signal.ts'

let given = false

/**
 * Matomo asks for consent to count, or to cookies only. "remember" is never said: it
 * would write a cookie of its own.
 */
export const matomo: Vendor = (granted, moment) => {
  const [[type, yes] = []] = Object.entries(granted)
  const what = type === 'consent' ? 'Consent' : 'CookieConsent'
  const page = window as { _paq?: unknown[] }
  page._paq ??= []
  if (moment === 'default') page._paq.push([`require${what}`])
  else if (yes) page._paq.push([`set${what}Given`])
  else if (given) page._paq.push([`forget${what}Given`])
  given = moment === 'update' && !!yes
}
