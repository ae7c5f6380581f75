// How far exports have come is shown anew where it stands, while one goes on: from when
// one is asked for, or when the page says data-live.

import { fetched } from './fetched.ts'

const pause = 1500 // milliseconds
const begins = 4 // pauses until an export that was asked for has surely begun

export const living = (page: Document): void => {
  const exports = page.getElementById('exports')
  if (exports === null) {
    return
  }
  let waits = 0
  const follow = (left: number): void => {
    clearTimeout(waits)
    waits = setTimeout(async () => {
      const fresh = (await fetched(location.href)).page?.getElementById(exports.id)
      if (fresh != null) {
        exports.replaceChildren(...page.importNode(fresh, true).childNodes)
      }
      if (left > 0 || fresh?.dataset.live !== undefined) {
        follow(left - 1)
      }
    }, pause)
  }
  if (exports.dataset.live !== undefined) {
    follow(0)
  }
  page.addEventListener('submit', () => follow(begins))
}
