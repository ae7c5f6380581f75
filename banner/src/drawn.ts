import { guarded } from './guard.ts'

/**
 * Does what no visitor waits for, once the page has been drawn. A page that nobody
 * looks at is not drawn.
 */
export const onceDrawn = (work: () => void) =>
  requestAnimationFrame(() => setTimeout(guarded(work)))
