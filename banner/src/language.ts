/** Where the readers of a language look next. */
const kin: Record<string, string> = { no: 'nb', nn: 'nb', se: 'nb', sme: 'se' }

/**
 * The language to speak on a page: the page's own, its region dropped, then its
 * kin (nn to nb, se to nb, no to nb), then the site's first.
 */
export function pick(page: string, spoken: string[]): string {
  let tag: string | undefined = page.toLowerCase()
  while (tag) {
    if (spoken.includes(tag)) return tag
    tag = tag.includes('-') ? tag.slice(0, tag.lastIndexOf('-')) : kin[tag]
  }
  return spoken[0] ?? 'nb'
}
