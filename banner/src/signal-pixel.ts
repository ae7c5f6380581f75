import type { Vendor } from './signal.ts'

/*
 * Pixels whose snippet starts nothing where its global is there already: they are
 * told only when they run, which they do not without a yes.
 */

/** Meta. */
export const meta: Vendor = ({ consent }) =>
  (window as { fbq?: (...said: unknown[]) => void }).fbq?.(
    'consent',
    consent ? 'grant' : 'revoke',
  )

/** TikTok. */
export const tiktok: Vendor = ({ consent }) => {
  const { ttq } = window as {
    ttq?: { grantConsent?: () => void; revokeConsent?: () => void }
  }
  if (consent) ttq?.grantConsent?.()
  else ttq?.revokeConsent?.()
}
