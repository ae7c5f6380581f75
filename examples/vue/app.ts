import { createApp, defineComponent, h, ref } from 'vue'
import { Embed, useConsent } from './consent.ts'

const App = defineComponent(() => {
  const consent = useConsent()
  const page = ref('front')
  const turn = () => {
    page.value = page.value === 'front' ? 'video' : 'front'
  }
  return () =>
    h('main', [
      h('nav', [h('button', { type: 'button', onClick: turn }, 'Other page')]),
      h('p', { id: 'said' }, consent.value?.categories.statistics ? 'Statistics: yes' : 'Statistics: no'),
      page.value === 'video' &&
        h(Embed, {
          category: 'marketing',
          service: 'youtube',
          src: 'https://www.youtube-nocookie.com/embed/VIDEO',
          title: 'The council',
        }),
    ])
})

createApp(App).mount('#app')
