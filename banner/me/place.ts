import type { Decision } from './holder.ts'

/** Where everybody finds what checks a receipt, and the keys as they are now. */
export interface Place {
  address: string
  /** Nothing when they cannot be had: then the receipt stays unverified. */
  keys: string
}

/** An address as it stands on paper. */
export const whole = (address: string) => new URL(address, document.baseURI).href

/** The keys of the log that a receipt names: beside this page. */
export async function placeOf({ proof }: Decision): Promise<Place> {
  const [origin = ''] = proof.slice(proof.indexOf('\n\n') + 2).split('\n')
  const address = whole(`log/${encodeURIComponent(origin.split('/').pop() ?? '')}/keys`)
  const answer = await fetch(address)
  return { address, keys: answer.ok ? await answer.text() : '' }
}
