/**
 * Nothing that goes wrong here may reach the page: the reason goes to the
 * console, and what was denied stays denied.
 */
export const warn = (...reason: unknown[]) => console.warn('Samtykke:', ...reason)

/** A function that never throws. */
export const guarded =
  <A extends unknown[]>(work: (...args: A) => void) =>
  (...args: A): void => {
    try {
      work(...args)
    } catch (error) {
      warn(error)
    }
  }
