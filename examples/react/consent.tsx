import { useSyncExternalStore } from 'react'
import type { State } from './samtykke.d.ts'

/** What stands, as the banner told it last. */
let state: State | undefined

/** Calls the listener when the banner comes, and whenever the visitor's answer changes. */
function subscribe(listener: () => void) {
  const hear = (event: CustomEvent<State>) => {
    state = event.detail
    listener()
  }
  document.addEventListener('samtykke:ready', hear)
  document.addEventListener('samtykke:change', hear)
  return () => {
    document.removeEventListener('samtykke:ready', hear)
    document.removeEventListener('samtykke:change', hear)
  }
}

const read = () => (state ??= window.samtykke?.get())

/**
 * What the visitor has said. Undefined on the server, and until the banner's script
 * has come: treat that as a no.
 */
export const useConsent = () => useSyncExternalStore(subscribe, read, () => undefined)

interface EmbedProps {
  category: string
  service: string
  src: string
  title: string
}

/**
 * Content of a third party, which waits for its yes. It has a parent of its own,
 * because the banner puts a placeholder beside it, of which React knows nothing.
 */
export function Embed({ category, service, src, title }: EmbedProps) {
  return (
    <div key={src}>
      <iframe data-category={category} data-service={service} data-src={src} title={title} />
    </div>
  )
}
