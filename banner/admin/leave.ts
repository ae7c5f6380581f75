// A form that says data-keep asks before what was written in it is left.

export const leaving = (page: Document): void => {
  for (const form of page.querySelectorAll<HTMLFormElement>('form[data-keep]')) {
    let changed = false
    form.addEventListener('input', () => {
      changed = true
    })
    form.addEventListener('submit', () => {
      changed = false
    })
    addEventListener('beforeunload', (event) => {
      if (changed) {
        event.preventDefault()
      }
    })
  }
}
