const time = { dateStyle: 'long', timeStyle: 'long', timeZone: 'Europe/Oslo' } as const

/**
 * A time as people write it, by the clock of the site's country and with its zone
 * named, wherever it is read; bokmål where a browser knows no Northern Sami.
 */
export function moment(at: number | string, lang: string): string {
  const format = new Intl.DateTimeFormat([`${lang}-NO`, 'nb'], time)
  const zone = zoneIn(format.resolvedOptions().locale)
  return format
    .formatToParts(new Date(at))
    .map(({ type, value }) =>
      type === 'timeZoneName' ? `${zone || value} (UTC${offset(at)})` : value,
    )
    .join('')
}

/** What people call the zone; nothing where browsers know. */
const zoneIn = (locale: string) =>
  ({ se: 'Norgga áigi', en: '' })[locale.slice(0, 2)] ?? 'norsk tid'

/** How many hours the zone is ahead of UTC then, with a sign. */
const offset = (at: number | string) =>
  new Date(at)
    .toLocaleString('en', { timeZone: time.timeZone, timeZoneName: 'shortOffset' })
    .replace(/^.*GMT/, '')
