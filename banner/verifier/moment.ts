/**
 * A time as people write it, by the clock of the site's country and with its zone
 * named, wherever it is read; bokmål where a browser knows no Northern Sami.
 */
export const moment = (time: number | string, lang: string) =>
  new Date(time).toLocaleString([`${lang}-NO`, 'nb'], {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'Europe/Oslo',
  })
