/**
 * The language to speak on a page: the page's own, or that without its region, in
 * a table of what is spoken for which; else the first.
 */
export function pick(
  page: string,
  spoken: Readonly<Record<string, string>>,
  first: string,
) {
  const tag = page.toLowerCase()
  return spoken[tag] ?? spoken[tag.replace(/-.*/, '')] ?? first
}
