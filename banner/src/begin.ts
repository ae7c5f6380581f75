import { site } from 'samtykke:notice'

/**
 * The address of this site at Samtykke, taken from our own script tag; null when
 * it cannot be known. The getter of the prototype is asked, because an element
 * named "currentScript" hides the property of the document.
 */
export function baseAddress(): string | null {
  const getter = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')?.get
  const script: unknown = getter?.call(document)
  if (!(script instanceof HTMLScriptElement)) return null
  const [address = ''] = script.src.split(/[?#]/)
  const end = address.lastIndexOf(`/${site}`)
  return end < 0 ? null : address.slice(0, end + site.length + 1)
}

/** Another copy of this script has the page already. */
export const isTaken = () =>
  Object.getOwnPropertyDescriptor(window, 'samtykke') !== undefined
