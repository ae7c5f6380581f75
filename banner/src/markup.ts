import { patch, type Trap } from './patch.ts'
import { addresses, addressesIn, asking } from './stopped.ts'
import { trust } from './trusted.ts'
import type { Stops, Wait } from './watched.ts'

/* Markup that scripts write: what is in it is marked before a parser sees it. */

/** The marks of an element, as `mark` puts them. */
function marks(tag: string, { host, service }: Wait) {
  const stopped = ` data-samtykke-stopped="${host}"`
  if (tag === 'source') return stopped
  return `${stopped} data-service="${service}"${tag === 'script' ? ' type="text/plain"' : ''}`
}

/** `runs` says whether scripts run that are in the markup: else they ask for nothing. */
export function marker(stops: Stops, runs: boolean) {
  const attributes = RegExp(
    `(\\s)(${addresses.join('|')}|type)(?=\\s*=\\s*("[^"]*"|'[^']*'|[^\\s>]+))`,
    'gi',
  )

  /** The attributes of a tag, asleep; undefined when nothing in it waits. */
  function asleep(tag: string, written: string) {
    let wait: Wait | undefined
    const quiet = written.replace(attributes, (whole, space, attribute, value) => {
      const name = attribute.toLowerCase()
      // A script is put to sleep by its type; all else keeps it.
      if (name === 'type') return tag === 'script' ? `${space}data-type` : whole
      wait ??= stops(...addressesIn(name, value.replace(/["']/g, '')))
      return `${space}data-${name}`
    })
    return wait && marks(tag, wait) + quiet
  }

  const tags = RegExp(
    `<(${asking.replace(/,/g, '|')})\\b((?:"[^"]*"|'[^']*'|[^>"'])*)>`,
    'gi',
  )
  return (markup: string) => {
    let end = 0
    return markup.replace(tags, (whole, tag: string, written: string, at: number) => {
      const name = tag.toLowerCase()
      const isScript = name === 'script'
      // What looks like a tag within a script is text of its own.
      const isText = at < end || (isScript && !runs)
      if (isScript && at >= end) end = markup.indexOf('</script', at)
      const quiet = !isText && asleep(name, written)
      return quiet ? `<${tag}${quiet}>` : whole
    })
  }
}

export function watchMarkup(stops: Stops) {
  /** Marks what is in arguments, which keep the trust that they came with. */
  const marking = (runs: boolean, place = 0, count = 1): Trap => {
    const marked = marker(stops, runs)
    return {
      apply(native, self, args) {
        const given = args.slice(place, place + count)
        const markup = given.join('')
        const quiet = marked(markup)
        const isTrusted = (part: unknown) => window.trustedTypes?.isHTML(part)
        if (quiet !== markup) {
          const trusted = given.every(isTrusted) ? trust().createHTML(quiet) : quiet
          args.splice(place, count, trusted)
        }
        return Reflect.apply(native, self, args)
      },
    }
  }
  for (const { prototype } of [Element, ShadowRoot])
    patch(prototype, 'innerHTML', marking(false), 'set')
  patch(Element.prototype, 'outerHTML', marking(false), 'set')
  patch(Element.prototype, 'insertAdjacentHTML', marking(false, 1))
  patch(DOMParser.prototype, 'parseFromString', marking(false))
  // A tag may be in several arguments.
  for (const name of ['write', 'writeln'])
    patch(Document.prototype, name, marking(true, 0, Infinity))
  patch(Range.prototype, 'createContextualFragment', marking(true))
}
