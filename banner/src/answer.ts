import { units, validity } from 'samtykke:notice'
import { expire } from './clear.ts'
import { format, newest, nothing, parse, type Stored, valuesOf } from './store.ts'

const seconds = () => Math.floor(Date.now() / 1e3)

/** Keeps the answer in its cookie; where cookies are blocked it lasts for the page. */
export function answer(name: string) {
  let held: Stored = nothing

  function write(stored: Stored) {
    held = stored
    const rest = newest(stored) + validity - seconds()
    const secure = location.protocol === 'https:' ? ';secure' : ''
    const value = format(stored, units)
    try {
      document.cookie = `${name}=${value};path=/;max-age=${rest};samesite=lax${secure}`
    } catch {
      // A sandboxed frame: the answer lasts for the page.
    }
  }

  /** Reads the cookie. Of several with the name the newest stays. */
  function read(): Stored {
    let values: string[] = []
    try {
      values = valuesOf(document.cookie, name)
    } catch {
      // A sandboxed frame: what is held goes on.
    }
    const found = values
      .map((value) => parse(value, units, seconds(), validity))
      .filter((stored) => stored !== null)
      .sort((a, b) => newest(b) - newest(a))
    held = found[0] ?? (values.length ? nothing : held)
    if (values.length > 1) {
      expire(name)
      if (found[0]) write(held)
    }
    return held
  }

  return { read, write, now: seconds }
}
