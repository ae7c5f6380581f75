// Buttons that copy what another element says: data-copy names its id, and
// data-copied is what the button says for a moment. Where the browser does not let
// us, the text is selected, to be copied by hand.

export const copying = (page: Document): void => {
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const shown = page.getElementById(button.dataset.copy ?? '')
      if (!shown) return
      copied(shown.textContent).then(
        () => told(button),
        () => page.getSelection()?.selectAllChildren(shown),
      )
    })
  }
}

// An old or a plain HTTP page has no clipboard at all.
const copied = async (text: string): Promise<void> =>
  navigator.clipboard.writeText(text)

const told = (button: HTMLButtonElement): void => {
  const before = button.textContent
  button.textContent = button.dataset.copied ?? before
  setTimeout(() => {
    button.textContent = before
  }, 2000)
}
