/**
 * Gives a film of YouTube its address at the host that sets no cookie before it is
 * played, however the address was written: as a link to a film, to a short or live
 * one or to a list of them, or as for a frame.
 */
export function showFilm(frame: HTMLElement) {
  const { href, pathname, searchParams } = new URL(
    frame.dataset.src ?? '',
    document.baseURI,
  )
  if (!/^https?:..[wm.]*youtu(be)?\./.test(href)) return
  const film = searchParams.get('v') ?? pathname.replace(/.*\/([a-z]{5,8}$)?/, '')
  // A link says where to begin as t=90 or t=90s, a frame as start=90.
  const [start] = searchParams.get('t')?.match(/^\d+(?=s?$)/) ?? []
  if (start) searchParams.set('start', start)
  frame.setAttribute(
    'src',
    `https://www.youtube-nocookie.com/embed/${film || 'videoseries'}?${searchParams}`,
  )
}
