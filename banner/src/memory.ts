import { ours } from './page.ts'
import type { Entry } from './waiting.ts'

/**
 * What this browser keeps besides the answer, in localStorage. There is none
 * before the first decision.
 */
export interface Memory {
  token?: string | undefined
  last?: { id: string; time: number /* milliseconds */ } | undefined
  /** By number: an old Prototype.js in the page makes texts of stored lists. */
  queue?: Record<number, Entry>
  /** What is to be said after a reload. */
  tell?: string | undefined
}

/** Where storage is blocked or full, the memory lasts for the page. */
let held: Memory = {}
let keeps = true

export function remembered(): Memory {
  try {
    if (keeps) held = JSON.parse(localStorage.getItem(ours) as string) ?? {}
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
    // What is stored is older than what is held from now on.
    keeps = false
  }
}
