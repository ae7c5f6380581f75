/**
 * Gives a frame its address. A film of YouTube comes from the host that sets no cookie
 * before it is played, however its address was written: as a link to a film, to a
 * short or live one or to a list of them, or as for a frame.
 */
export function showFrame(frame: HTMLElement) {
  const { src } = frame.dataset
  if (!src || !frame.matches('iframe')) return
  const { protocol, hostname, pathname, searchParams } = new URL(src, document.baseURI)
  // A link says where to begin as t=90 or t=90s, a frame as start=90.
  const start = searchParams.get('t')?.replace('s', '') as string
  if (Number(start)) searchParams.set('start', start)
  const film = searchParams.get('v') ?? pathname.replace(/.*\/([a-z]{5,8}$)?/, '')
  const address = /^([wm]+\.)?youtu(be.com|.be)$/.test(hostname)
    ? `https://www.youtube-nocookie.com/embed/${film || 'videoseries'}?${searchParams}`
    : src
  // An address may be written by people who may not write scripts.
  if (protocol !== 'javascript:') frame.setAttribute('src', address)
}
