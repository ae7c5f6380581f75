// Buttons that copy what another element says: data-copy names its id, and
// data-copied is what the button says for a moment.

export const copying = (page: Document): void => {
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const text = page.getElementById(button.dataset.copy ?? '')?.textContent ?? ''
      navigator.clipboard.writeText(text).then(
        () => told(button),
        () => {},
      )
    })
  }
}

const told = (button: HTMLButtonElement): void => {
  const before = button.textContent
  button.textContent = button.dataset.copied ?? before
  setTimeout(() => {
    button.textContent = before
  }, 2000)
}
