import { defineComponent, h, onScopeDispose, shallowRef } from 'vue'
import type { State } from './samtykke.d.ts'

/**
 * What the visitor has said. Undefined on the server, and until the banner's script
 * has come: treat that as a no.
 */
export function useConsent() {
  const state = shallowRef<State>()
  if (typeof window === 'undefined') return state
  state.value = window.samtykke?.get()
  const hear = (event: CustomEvent<State>) => {
    state.value = event.detail
  }
  document.addEventListener('samtykke:ready', hear)
  document.addEventListener('samtykke:change', hear)
  onScopeDispose(() => {
    document.removeEventListener('samtykke:ready', hear)
    document.removeEventListener('samtykke:change', hear)
  })
  return state
}

/**
 * Content of a third party, which waits for its yes. It has a parent of its own,
 * because the banner puts a placeholder beside it, of which Vue knows nothing.
 */
export const Embed = defineComponent({
  props: ['category', 'service', 'src', 'title'],
  // Taken out of props here, they would stay what they were at first.
  setup: (props) => () =>
    h('div', { key: props.src }, [
      h('iframe', { 'data-category': props.category, 'data-service': props.service, 'data-src': props.src, title: props.title }),
    ]),
})
