const pass = (text: string) => text

let policy: TrustedTypePolicy | undefined

/**
 * Marks text of the page's own markup as trusted, where the page demands that
 * (`require-trusted-types-for 'script'`). The policy is made when it is needed
 * first: most pages never need it. A page whose policy list lacks "samtykke"
 * refuses, and what asked stays asleep.
 */
export function trust(): TrustedTypePolicy {
  const rules = { createHTML: pass, createScript: pass, createScriptURL: pass }
  policy ??= window.trustedTypes?.createPolicy('samtykke', rules) ?? rules
  return policy
}
