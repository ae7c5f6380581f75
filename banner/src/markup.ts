import { changing, patch } from './patch.ts'
import { addresses, addressesIn, asking } from './stopped.ts'
import { trust } from './trusted.ts'
import { naming, type Stops } from './watched.ts'

/* Markup that scripts write: what is in it is marked before a parser sees it. */

/** `runs` says whether scripts run that are in the markup: else they ask for nothing. */
export function marker(stops: Stops, runs: boolean) {
  const tags = RegExp(
    `<(${asking.replace(/,/g, '|')})\\b((?:"[^"]*"|'[^']*'|[^>"'])*)>`,
    'gi',
  )
  const attributes = RegExp(
    `(\\s)(${addresses.join('|')}|type)(?=\\s*=\\s*("[^"]*"|'[^']*'|[^\\s>]+))`,
    'gi',
  )
  return (markup: string) =>
    markup.replace(tags, (tag, name: string, written: string) => {
      const isScript = /script/i.test(name)
      let host: string | undefined
      const asleep = written.replace(attributes, (whole, space, attribute, value) => {
        // A script is put to sleep by its type; all else keeps it.
        if (/type/i.test(attribute)) return isScript ? `${space}data-type` : whole
        const within = addressesIn(attribute.toLowerCase(), value.replace(/["']/g, ''))
        host ??= stops(...within)
        return `${space}data-${attribute}`
      })
      if (!host || (isScript && !runs)) return tag
      // Without quotes, since the tag may stand in a text of a script.
      const marks = `data-samtykke-stopped=${host} data-service=${naming(host)[0]}`
      return `<${name} ${marks}${isScript ? ' type=text/plain' : ''}${asleep}>`
    })
}

export function watchMarkup(stops: Stops) {
  /** Marks what is in arguments, which keep the trust that they came with. */
  const marking = (runs: boolean, place = 0, count = 1) => {
    const marked = marker(stops, runs)
    return changing((args) => {
      const given = args.slice(place, place + count)
      const markup = given.join('')
      const quiet = marked(markup)
      const isTrusted = (part: unknown) => window.trustedTypes?.isHTML(part)
      if (quiet !== markup) {
        const trusted = given.every(isTrusted) ? trust().createHTML(quiet) : quiet
        args.splice(place, count, trusted)
      }
    })
  }
  const inert = marking(false)
  for (const { prototype } of [Element, ShadowRoot])
    patch(prototype, 'innerHTML', inert, 'set')
  patch(Element.prototype, 'outerHTML', inert, 'set')
  patch(Element.prototype, 'insertAdjacentHTML', marking(false, 1))
  patch(DOMParser.prototype, 'parseFromString', inert)
  // A tag may be in several arguments.
  for (const name of ['write', 'writeln'])
    patch(Document.prototype, name, marking(true, 0, Infinity))
  patch(Range.prototype, 'createContextualFragment', marking(true))
}
