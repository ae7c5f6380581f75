import type { Memory } from './memory.ts'

/** The visitor's newest decision, once the server has said that it is kept. */
export const acknowledged = ({ last, queue }: Memory): Memory['last'] =>
  Object.values(queue ?? {}).some(({ id }) => id === last?.id) ? undefined : last
