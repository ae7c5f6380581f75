/** The attributes by which content sleeps, as `data-src` and so on. */
const attributes = ['src', 'srcset', 'href', 'poster', 'data']

/** The element, and the sources that a video, audio or picture chooses from. */
const parts = (element: HTMLElement): HTMLElement[] => [
  ...element.querySelectorAll<HTMLElement>('source,img'),
  element,
]

/** Whether an element sleeps by its address. */
export const isEmbed = (element: HTMLElement) =>
  element.matches(
    `iframe,img,video,audio,picture,object,embed,link${AUTOMATIC ? ',input,track,frame' : ''}`,
  ) && parts(element).some(({ dataset }) => attributes.some((name) => dataset[name]))

/** Gives content its address. That of a frame may be of a film, and is written anew. */
export function load(content: HTMLElement) {
  if (YOUTUBE && content.matches('iframe')) return
  for (const part of parts(content)) {
    for (const name of attributes) {
      const address = part.dataset[name]
      // An address may be written by people who may not write scripts.
      if (address && new URL(address, document.baseURI).protocol !== 'javascript:')
        part.setAttribute(name, address)
    }
  }
  // A film or a sound looks for its sources anew.
  ;(content as Partial<HTMLMediaElement>).load?.()
}
