import type { Vendor } from './signal.ts'

/** Microsoft Advertising reads three items of its queue at a time. */
export const uet: Vendor = ({ ad_storage }, moment) => {
  const page = window as { uetq?: unknown[] }
  page.uetq ??= []
  page.uetq.push('consent', moment, { ad_storage: ad_storage ? 'granted' : 'denied' })
}

interface Queue {
  (...said: unknown[]): void
  q?: unknown[]
}

/**
 * Clarity, version 2 of its call. Its own snippet keeps a queue that is there. One
 * that has not run, and has nothing granted, needs no word.
 */
export const clarity: Vendor = ({ ad_Storage, analytics_Storage }) => {
  const page = window as { clarity?: Queue }
  if (!page.clarity && !ad_Storage && !analytics_Storage) return
  page.clarity ??= function queue(..._) {
    const own = queue as Queue
    own.q ??= []
    // biome-ignore lint/complexity/noArguments: Clarity reads Arguments objects
    own.q.push(arguments)
  }
  const say = (yes: boolean | undefined) => (yes ? 'granted' : 'denied')
  page.clarity('consentv2', {
    ad_Storage: say(ad_Storage),
    analytics_Storage: say(analytics_Storage),
  })
}
