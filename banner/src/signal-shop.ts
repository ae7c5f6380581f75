import type { Vendor } from './signal.ts'

/* Systems that keep the answer themselves, and ask for it before they act. */

/** Calls at once, and again when everything of the page is there to hear it. */
function twice(tell: () => void) {
  tell()
  if (document.readyState === 'loading')
    addEventListener('DOMContentLoaded', tell, { once: true })
}

/** The WP Consent API. Consent is asked for, so its type is "optin". */
export const wordpress: Vendor = (granted, moment) => {
  const page = window as {
    wp_consent_type?: string
    wp_set_consent?: (category: string, value: string) => void
  }
  if (moment === 'default') {
    page.wp_consent_type = 'optin'
    document.dispatchEvent(new CustomEvent('wp_consent_type_defined'))
    return
  }
  twice(() => {
    for (const category of Object.keys(granted))
      page.wp_set_consent?.(category, granted[category] ? 'allow' : 'deny')
  })
}

/** Shopify's customer privacy API. */
export const shopify: Vendor = (granted, moment) => {
  if (moment === 'default') return
  twice(() =>
    (
      window as {
        Shopify?: {
          customerPrivacy?: { setTrackingConsent?: (...said: unknown[]) => void }
        }
      }
    ).Shopify?.customerPrivacy?.setTrackingConsent?.(granted, () => {}),
  )
}
