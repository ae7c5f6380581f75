import { bundle } from 'samtykke:notice'

/** What is told to those who keep the inventory; nothing about the visitor. */
export type FindingKind = 'residual' | 'unknown' | 'stuck'

/** At most so many are told from one page. */
const most = 20

/** Reports what was seen on the page, each thing once. */
export function reporter(base: string) {
  const seen = new Set<string>()
  let gathered: { kind: FindingKind; name: string }[] = []

  function send() {
    const body = JSON.stringify({ bundle, findings: gathered })
    gathered = []
    fetch(`${base}/findings`, {
      method: 'POST',
      body,
      keepalive: true,
      credentials: 'omit',
    }).catch(() => {})
  }

  return (kind: FindingKind, name: string) => {
    if (seen.size >= most || seen.has(kind + name)) return
    seen.add(kind + name)
    if (!gathered.length) setTimeout(send)
    gathered.push({ kind, name })
  }
}
