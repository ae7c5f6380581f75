/**
 * The tag to go by on a page: the page's own, or that without its region, of those
 * that are known; else the first.
 */
export function pick(
  page: string,
  known: Readonly<Record<string, unknown>>,
  first: string,
) {
  const tag = page.toLowerCase()
  return [tag, tag.replace(/-.*/, '')].find((tag) => known[tag]) ?? first
}
