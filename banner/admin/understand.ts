// Fields of lifetimes: data-understood is the address that says how a text is read. What
// it says is shown below the field, and read aloud, when the writer pauses.

const pause = 400 // milliseconds

export const understanding = (page: Document): void => {
  for (const field of page.querySelectorAll<HTMLInputElement>(
    'input[data-understood]',
  )) {
    const note = page.getElementById(`${field.id}.understood`)
    if (note !== null) {
      understand(field, note)
    }
  }
}

// understand has a note say how a field is read, from its next change on.
export const understand = (field: HTMLInputElement, note: HTMLElement): void => {
  let waits = 0
  field.addEventListener('input', () => {
    clearTimeout(waits)
    waits = setTimeout(async () => {
      const text = field.value
      const said = await asked(field.dataset.understood ?? '', text)
      if (field.value === text && note.textContent !== said) {
        note.textContent = said
      }
    }, pause)
  })
}

// asked gives nothing when there is no answer: what is saved is understood anyway.
const asked = async (address: string, text: string): Promise<string> => {
  try {
    const query = new URLSearchParams({ text })
    const answer = await fetch(`${address}?${query}`, { redirect: 'error' })
    return answer.ok ? await answer.text() : ''
  } catch {
    return ''
  }
}
