/** A record that waits until the server has acknowledged it. */
export interface Entry {
  id: string
  /** What is sent, the same bytes each time. */
  body: string
  /** When it was made, in milliseconds since 1970. */
  made: number
  tries: number
  /** Not to be tried before: a tab that sends claims the entry with it. */
  due: number
}

/** At most so many wait, and for so long (30 days, in milliseconds). */
const most = 20
const oldest = 2592e6

/** How long one attempt may take, before another tab may try. */
const patience = 15e3

/** The first and the longest pause between attempts. */
const pause = 2e3
const longestPause = 3e5

/**
 * Delivers records in the order in which they were made. They survive reloads
 * and outages; sending one twice is harmless, since its id says so. `send`
 * rejects when the server cannot be reached.
 */
export function deliver(
  read: () => Record<number, Entry> | undefined,
  write: (entries: Entry[]) => void,
  send: (body: string) => Promise<Response>,
) {
  const now = Date.now
  // What is stored may have been tampered with: then nothing waits.
  const waiting = () =>
    Object.values(read() ?? {}).filter((entry) => now() - entry?.made < oldest)
  const change = (id: string, change: Partial<Entry>) =>
    write(waiting().map((entry) => (entry.id === id ? { ...entry, ...change } : entry)))

  async function attempt({ id, body, tries }: Entry) {
    change(id, { due: now() + patience })
    let later = Math.random() * Math.min(pause * 2 ** tries, longestPause)
    try {
      const { status, headers } = await send(body)
      // What is refused would be refused again.
      if (status < 500 && status !== 429) {
        return write(waiting().filter((entry) => entry.id !== id))
      }
      later += 1e3 * Number(headers.get('Retry-After')) || 0
    } catch {
      // Not reached: tried again.
    }
    change(id, { due: now() + later, tries: tries + 1 })
  }

  async function flush() {
    const rest = ({ due }: Entry) => due - now()
    const [first] = waiting()
    // A clock that was set back must not silence the queue.
    if (first && (rest(first) <= 0 || rest(first) > 2 * longestPause))
      await attempt(first)
    const [next] = waiting()
    if (next) setTimeout(flush, Math.max(rest(next), 50))
  }

  return {
    flush,
    add(id: string, body: string) {
      write([...waiting(), { id, body, made: now(), tries: 0, due: 0 }].slice(-most))
      return flush()
    },
    /** What nobody is sending: for the last moment of a page. */
    unsent: () => waiting().filter(({ due }) => due <= now()),
  }
}
