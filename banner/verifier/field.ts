import { find } from './element.ts'
import { fill, type Words } from './texts.ts'

/** The most of a file that is read: JSON can hold the receipts of years. */
const mostOfFile = 4_000_000

/** The two things that the page asks for. */
export type FieldName = 'receipt' | 'keys'

/** A text area, the button beside it that reads a file, and what is said of it. */
export interface Field {
  text(): string
  /** Puts the text of a file there, whatever its lines end with. */
  read(file: File, words: Words): Promise<void>
  /** Says that it is empty, and goes there. */
  miss(words: Words): void
}

/** Reads strictly: a file that is not text must not become one. */
const decoder = new TextDecoder('utf-8', { fatal: true })

export async function textOf(file: File): Promise<string | undefined> {
  try {
    return decoder.decode(await file.slice(0, mostOfFile).arrayBuffer())
  } catch {
    return undefined
  }
}

/** Whether it is a ZIP, such as an audit pack. */
async function isZip(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return String.fromCharCode(...start) === 'PK\x03\x04'
}

export function field(name: FieldName, changed: () => void): Field {
  const area = find<HTMLTextAreaElement>(name)
  const note = find(`${name}-note`)
  const say = (text: string, wrong: boolean) => {
    note.textContent = text
    note.className = wrong ? 'wrong' : 'note'
    area.setAttribute('aria-invalid', String(wrong))
    changed()
  }
  area.addEventListener('input', () => say('', false))
  return {
    text: () => area.value,
    async read(file, words) {
      const text = await textOf(file)
      if (text !== undefined) area.value = text
      const unread = (await isZip(file)) ? words.pack : words.unreadable
      say(
        fill(text === undefined ? unread : words.read, { name: file.name }),
        text === undefined,
      )
    },
    miss(words) {
      say(words[`${name}_missing`], true)
      area.focus()
    },
  }
}
