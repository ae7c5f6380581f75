import { createApp, defineComponent, h, ref } from 'vue'
import { Embed, useConsent } from './consent.ts'

const pages = ['', 'https://www.youtube-nocookie.com/embed/VIDEO', 'https://www.youtube-nocookie.com/embed/OTHER']

const App = defineComponent(() => {
  const consent = useConsent()
  // The front page shows none of the films.
  const page = ref(0)
  const turn = () => {
    page.value = (page.value + 1) % pages.length
  }
  return () =>
    h('main', [
      h('nav', [h('button', { type: 'button', onClick: turn }, 'Other page')]),
      h('p', { id: 'said' }, consent.value?.categories.statistics ? 'Statistics: yes' : 'Statistics: no'),
      pages[page.value] &&
        h(Embed, { category: 'marketing', service: 'youtube', src: pages[page.value], title: 'The council' }),
    ])
})

createApp(App).mount('#app')
