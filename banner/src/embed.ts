import { trust } from './trusted.ts'

/** The sleeping attributes, and what they become. */
const attributes = ['src', 'srcset', 'href', 'poster', 'data']

/** What an address may not be: code. */
const harmful = (address: string) =>
  new URL(address, document.baseURI).protocol === 'javascript:'

/** The element, and the sources that a video, audio or picture chooses from. */
const parts = (element: HTMLElement) => [
  ...element.querySelectorAll<HTMLElement>('source[data-src],source[data-srcset]'),
  element,
]

/** Whether an element sleeps by its address. */
export const isEmbed = (element: HTMLElement) =>
  /^(iframe|img|video|audio|picture|source|object|embed|link)$/i.test(element.localName) &&
  parts(element).some((part) => attributes.some((name) => name in part.dataset))

/** Gives an embed its address. Gives what takes it away again. */
export function load(embed: HTMLElement): () => void {
  const given: [HTMLElement, string][] = []
  for (const part of parts(embed)) {
    for (const name of attributes) {
      const address = part.dataset[name]
      if (address === undefined || (name !== 'srcset' && harmful(address))) continue
      const code = /^(embed|object)$/.test(part.localName)
      part.setAttribute(name, code ? trust().createScriptURL(address) : address)
      given.push([part, name])
    }
  }
  if (embed instanceof HTMLMediaElement) embed.load()
  return () => {
    for (const [part, name] of given) part.removeAttribute(name)
    if (embed instanceof HTMLMediaElement) embed.load()
    // Without an address a frame keeps what it showed, until it is put back.
    embed.replaceWith(embed)
  }
}
