// A form that says data-keep asks before what was written in it is left: also what was
// written before it was shown again, when it says that this is unsaved.

export const leaving = (page: Document): void => {
  for (const form of page.querySelectorAll<HTMLFormElement>('form[data-keep]')) {
    form.addEventListener('submit', keep(form))
  }
}

// keep asks while a form stands there with what was written. What it gives is called
// when that goes on from here.
export const keep = (form: HTMLElement): (() => void) => {
  let changed = !!form.dataset.keep
  form.addEventListener('input', () => {
    changed = true
  })
  addEventListener('beforeunload', (event) => {
    if (changed && form.isConnected) {
      event.preventDefault()
    }
  })
  return () => {
    changed = false
  }
}
