import { defineComponent, h, onScopeDispose, shallowRef } from 'vue'
import type { State } from './samtykke.d.ts'

/**
 * What the visitor has said. Undefined on the server, and where the banner's script
 * did not come: treat that as a no.
 */
export function useConsent() {
  const api = typeof window === 'object' ? window.samtykke : undefined
  const state = shallowRef<State | undefined>(api?.get())
  const off = api?.on('change', (next) => {
    state.value = next
  })
  if (off) onScopeDispose(off)
  return state
}

/**
 * Content of a third party, which waits for its yes. It has a parent of its own,
 * because the banner puts a placeholder beside it, of which Vue knows nothing.
 */
export const Embed = defineComponent({
  props: ['category', 'service', 'src', 'title'],
  setup: ({ category, service, src, title }) => () =>
    h('div', { key: src }, [
      h('iframe', { 'data-category': category, 'data-service': service, 'data-src': src, title }),
    ]),
})
