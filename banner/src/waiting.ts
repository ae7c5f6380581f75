import type { Memory } from './memory.ts'

/** A record that waits until the server has acknowledged it. */
export interface Entry {
  id: string
  /** What is sent, the same bytes each time. */
  body: string
  /** When it was made, in milliseconds since 1970. */
  made: number
  tries?: number
  /** Not to be tried before: a tab that sends claims the entry with it. */
  due: number
}

/** What waits, in the order in which it was made, and the way to the server. */
export interface Mail {
  waiting(): Entry[]
  /** With what else the memory is to know. */
  write(entries: Entry[], more?: Pick<Memory, 'last'>): void
  /** Gives nothing when the server cannot be reached. */
  send(body: string): Promise<Response | undefined>
}

/** How long one attempt may take, before another tab may try. */
export const patience = 15e3
