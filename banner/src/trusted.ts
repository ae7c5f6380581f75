const same = (text: string) => text
const rules: TrustedTypePolicy = {
  createHTML: same,
  createScript: same,
  createScriptURL: same,
}

let policy: TrustedTypePolicy | undefined

/**
 * Marks text of the page's own markup as trusted, where the page demands that
 * (`require-trusted-types-for 'script'`). The policy is made when it is needed
 * first, which on most pages is never. A page whose list of policies lacks
 * "samtykke" refuses it, and what asked for it stays asleep.
 */
export const trust = () => {
  policy ??= window.trustedTypes?.createPolicy('samtykke', rules) ?? rules
  return policy
}
