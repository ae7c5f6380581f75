import type { Vendor } from './signal.ts'

/** Google's own names; every one is told, also where the site has nothing for it. */
const types = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
]

/** What Google reads from its queue are Arguments objects, and no lists. */
function gtag(..._: unknown[]) {
  const page = window as { dataLayer?: unknown[] }
  page.dataLayer ??= []
  // biome-ignore lint/complexity/noArguments: said above
  page.dataLayer.push(arguments)
}

/** Consent mode v2, basic: the tags themselves wait for their yes. */
export const google: Vendor = (granted, moment) => {
  const say = (type: string) => [type, granted[type] ? 'granted' : 'denied']
  gtag('consent', moment, {
    ...Object.fromEntries(types.map(say)),
    security_storage: 'granted',
    ...(moment === 'default' && { wait_for_update: 500 }),
  })
}
