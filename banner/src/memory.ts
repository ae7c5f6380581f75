import type { Receipt } from './host.ts'
import type { Entry } from './queue.ts'

/**
 * What this browser keeps besides the answer, in localStorage: there is none
 * before the first decision.
 */
export interface Memory {
  token?: string
  last?: { id: string; time: number /* milliseconds */ }
  receipt?: Receipt
  queue: Entry[]
  /** Names that could not be removed, to be told after a reload. */
  tell?: string[] | undefined
}

/** Reads and writes the memory; where storage is blocked it lasts for the page. */
export function remember(key: string) {
  let held: Memory = { queue: [] }
  return {
    read(): Memory {
      try {
        const text = localStorage.getItem(key)
        const found = text === null ? null : JSON.parse(text)
        if (found && Array.isArray(found.queue)) held = found
        else if (!text) held = { queue: [] }
      } catch {
        // Blocked or damaged: what is held goes on.
      }
      return held
    },
    write(change: Partial<Memory>) {
      held = { ...this.read(), ...change }
      try {
        localStorage.setItem(key, JSON.stringify(held))
      } catch {
        // Blocked or full: it lasts for the page.
      }
    },
    forget() {
      held = { queue: [] }
      try {
        localStorage.removeItem(key)
      } catch {
        // Blocked: there was nothing to remove.
      }
    },
  }
}

export type Keeper = ReturnType<typeof remember>
