// A table of cookies is edited where it stands: a button in a cell fetches the form
// of the cookie's own page, shows the fields that the cell is about, and sends that
// form with what was written. Enter saves, Escape puts back what was there. The row
// is then shown anew where it stands. What was changed by others meanwhile is shown on
// the cookie's page. When the login has ended, the form is sent as any other, which the
// server keeps over the next login.

import { fetched } from './fetched.ts'
import { keep } from './leave.ts'
import { understand } from './understand.ts'

interface Words {
  save: string
  cancel: string
  edit: string
  failed: string
}

export const inlining = (page: Document): void => {
  const words = page.getElementById('inline-words')?.dataset
  if (words === undefined) {
    return
  }
  const said: Words = {
    save: words.save ?? '',
    cancel: words.cancel ?? '',
    edit: words.edit ?? '',
    failed: words.failed ?? '',
  }
  for (const row of page.querySelectorAll<HTMLElement>('[data-cookie]')) {
    equip(row, said)
  }
}

// equip gives a row its buttons. Tab stops at one of them, the first until arrows have
// led to another: from the last of those that it passes by, it would lead to the first row.
const equip = (row: HTMLElement, words: Words): void => {
  const buttons = [...row.querySelectorAll<HTMLElement>('[data-edit]')].map((cell) => {
    const button = opener(cell, words)
    cell.append(button)
    return button
  })
  const stopIn = (at: Element | null): void => {
    const stop = buttons.find((each) => at?.contains(each))
    if (stop !== undefined) {
      for (const each of buttons) {
        each.tabIndex = each === stop ? 0 : -1
      }
    }
  }
  stopIn(row)
  row.addEventListener('focusin', () => stopIn(document.activeElement))
  row.addEventListener('keydown', moving)
}

// moving lets arrows lead from button to button, along a row and between rows; also
// from a cell that was saved.
const moving = (event: KeyboardEvent): void => {
  const all = [...document.querySelectorAll<HTMLElement>('.pencil')]
  const from = all.findIndex((each) => document.activeElement?.contains(each))
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -3,
    ArrowDown: 3,
  }
  const to = all[from + (steps[event.key] ?? 0)]
  if (from >= 0 && to !== undefined && to !== all[from]) {
    event.preventDefault()
    to.focus()
  }
}

// opener is the button that begins. It is named by what it edits, for those who hear it.
const opener = (cell: HTMLElement, words: Words): HTMLButtonElement => {
  const name = cell.parentElement?.querySelector('th a')?.textContent ?? ''
  const button = cell.ownerDocument.createElement('button')
  button.type = 'button'
  button.className = 'quiet pencil'
  button.textContent = words.edit
  button.setAttribute(
    'aria-label',
    `${words.edit}: ${name}, ${cell.dataset.label ?? ''}`,
  )
  button.addEventListener('click', () => open(cell, button, words))
  return button
}

const open = async (
  cell: HTMLElement,
  button: HTMLButtonElement,
  words: Words,
): Promise<void> => {
  const address = cell.closest<HTMLElement>('[data-cookie]')?.dataset.cookie ?? ''
  button.disabled = true
  const answer = await fetched(address)
  button.disabled = false
  const form = answer.page?.querySelector<HTMLFormElement>('form.draft')
  if (form == null) {
    location.assign(address)
    return
  }
  edit(cell, form, address, words)
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

// fieldsOf gives the fields of the form that a cell is about: one, or one for each
// language.
const fieldsOf = (form: ParentNode, name: string): Field[] =>
  [...form.querySelectorAll<Field>('input, textarea, select')].filter(
    (field) => field.name === name || field.name.startsWith(`${name}.`),
  )

const edit = (
  cell: HTMLElement,
  form: HTMLFormElement,
  address: string,
  words: Words,
): void => {
  const page = cell.ownerDocument
  const before = [...cell.childNodes]
  const box = page.createElement('form')
  box.className = 'inline'
  const fields = fieldsOf(form, cell.dataset.edit ?? '').map((from) => {
    const field = page.importNode(from, true)
    field.removeAttribute('id')
    field.removeAttribute('aria-describedby')
    const label = page.createElement('label')
    label.textContent = from.labels?.[0]?.firstChild?.textContent?.trim() ?? from.name
    label.append(field)
    box.append(label)
    if (field instanceof HTMLInputElement && field.dataset.understood) {
      const note = page.createElement('p')
      note.className = 'hint'
      note.setAttribute('role', 'status')
      box.append(note)
      understand(field, note)
    }
    return field
  })
  let saving = false
  const kept = keep(box)
  const wrong = page.createElement('p')
  wrong.className = 'wrong'
  wrong.setAttribute('role', 'alert')
  const close = (): void => {
    cell.replaceChildren(...before)
    cell.querySelector<HTMLElement>('.pencil')?.focus()
  }
  box.append(wrong, actions(page, words, close))
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      close()
    } else if (event.key === 'Enter' && !event.shiftKey && isField(event.target)) {
      event.preventDefault()
      box.requestSubmit()
    }
  })
  box.oninput = () => {
    wrong.textContent = '' // it was said of what stood there before
  }
  box.addEventListener('submit', (event) => {
    event.preventDefault()
    if (saving) {
      return // Enter twice, or held down: the second would conflict with the first
    }
    saving = true
    save(form, fields, cell, address, words, kept).then((told) => {
      if (told !== leaving) {
        saving = false
        wrong.textContent = told ?? words.failed
        wrong.scrollIntoView({ block: 'nearest' })
      }
    })
  })
  cell.replaceChildren(box)
  begin(fields[0])
}

// begin puts the caret behind what is written, where one goes on.
const begin = (field: Field | undefined): void => {
  field?.focus()
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    field.setSelectionRange(field.value.length, field.value.length)
  }
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select')

const actions = (page: Document, words: Words, close: () => void): HTMLElement => {
  const row = page.createElement('p')
  row.className = 'actions'
  const save = page.createElement('button')
  save.textContent = words.save
  const cancel = page.createElement('button')
  cancel.type = 'button'
  cancel.className = 'quiet'
  cancel.textContent = words.cancel
  cancel.addEventListener('click', close)
  row.append(save, cancel)
  return row
}

// elsewhere is what stands on the pages that go on with what was sent: a conflict, a
// login that has it kept, and a form of an earlier login.
const elsewhere = '.conflict, [name=held]:not([value=""]), [name=resumed]'

// leaving is what save gives when there is nothing more to do here.
const leaving = ''

// save sends the form with what was written. It shows the row anew, or gives what
// is wrong. What others changed, and a login that has ended, have pages of their own,
// which hold what was written.
const save = async (
  form: HTMLFormElement,
  fields: Field[],
  cell: HTMLElement,
  address: string,
  words: Words,
  done: () => void,
): Promise<string | undefined> => {
  for (const field of fields) {
    const into = fieldsOf(form, field.name)[0]
    if (into !== undefined) {
      into.value = field.value
    }
  }
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    body.append(name, String(value))
  }
  const answer = await fetched(address, body)
  if (answer.ok) {
    done()
    const kept = answer.page?.querySelector('.merged') ?? null
    if (!(await refreshed(cell, address, words, kept))) {
      location.reload()
    }
    return leaving
  }
  if (answer.page?.querySelector(elsewhere) != null) {
    done()
    form.action = address // shows both versions, or asks for the login
    form.hidden = true
    document.body.append(form)
    form.submit()
    return leaving
  }
  return answer.page?.querySelector('.field .wrong')?.textContent
}

// refreshed shows anew what the page says of a row and of its service. What is
// unfolded stays so, and the focus stays in the cell: on itself, because whoever hits
// Enter twice would open its button again. What was kept of others is told there. It is
// false for a row that is there no more.
const refreshed = async (
  cell: HTMLElement,
  address: string,
  words: Words,
  kept: Element | null,
): Promise<boolean> => {
  const row = cell.closest<HTMLElement>('[data-cookie]')
  const fresh = (await fetched(location.href)).page?.getElementById(address)
  if (row === null || fresh == null) {
    return false
  }
  const now = document.importNode(fresh, true)
  const summary = fresh.closest('details')?.querySelector('summary')
  if (summary != null) {
    const copy = document.importNode(summary, true)
    row
      .closest('details')
      ?.querySelector('summary')
      ?.replaceChildren(...copy.childNodes)
  }
  row.replaceWith(now)
  equip(now, words)
  const edited = now.querySelector<HTMLElement>(`[data-edit="${cell.dataset.edit}"]`)
  if (edited !== null) {
    edited.tabIndex = -1
    edited.focus()
    if (kept !== null) {
      edited.append(document.importNode(kept, true))
    }
  }
  return true
}
