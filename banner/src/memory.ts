import { ours } from './page.ts'
import type { Entry } from './queue.ts'

/**
 * What this browser keeps besides the answer, in localStorage. There is none
 * before the first decision.
 */
export interface Memory {
  token?: string | undefined
  last?: { id: string; time: number /* milliseconds */ } | undefined
  queue?: Entry[]
  /** What was withdrawn, and what was left of it: to be told after a reload. */
  tell?: string[] | undefined
}

/** Where storage is blocked, the memory lasts for the page. */
let held: Memory = {}

export function remembered(): Memory {
  try {
    held = JSON.parse(localStorage.getItem(ours) as string) ?? {}
  } catch {
    // Blocked or damaged: what is held goes on.
  }
  return held
}

export function remember(change: Memory) {
  held = { ...remembered(), ...change }
  try {
    localStorage.setItem(ours, JSON.stringify(held))
  } catch {
    // Blocked or full: it lasts for the page.
  }
}

/** Throws everything about the visitor away, after erasure. */
export const forget = () => remember({ token: undefined, last: undefined, queue: [] })
