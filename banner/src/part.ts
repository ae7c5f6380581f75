import { warn } from './guard.ts'
import type { Place, Rest } from './host.ts'
import { load } from './speech.ts'

/*
 * What most pages do without are files of their own: placeholders; and the rest.
 * Until one is there, and without it, the content is not there either.
 */

/** Gives what does something with a part once it is there, in the order of the calls. */
const withPart =
  <Part>(name: string) =>
  <Made>(use: (part: Part) => Made) =>
    load<Part>(name).then(use).catch(warn)

export const withRest = withPart<Rest>('rest')
export const withPlace = withPart<Place>('place')
