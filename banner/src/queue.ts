/** A record that waits until the server has acknowledged it. */
export interface Entry {
  id: string
  /** What is sent, the same bytes each time. */
  body: string
  made: number
  tries: number
  /** Not to be tried before: a tab that sends claims the entry with it. */
  due: number
}

/** At most so many wait, and for so long (30 days, in milliseconds). */
const most = 20
const oldest = 2592e6

/** How long one attempt may take. */
const patience = 15e3

/** The first and the longest pause between attempts. */
const pause = 2e3
const longestPause = 3e5

export interface Surroundings {
  read(): Entry[]
  write(entries: Entry[]): void
  /** Sends a body; rejects when the server cannot be reached. */
  send(body: string): Promise<Response>
  /** Told of the answer of a server that took the record. */
  taken(response: Response): void
  now(): number
  random(): number
  wake(work: () => void, after: number): void
}

/**
 * Delivers records in the order in which they were made. They survive reloads
 * and outages; sending one twice is harmless, since the id says so.
 */
export function deliver(at: Surroundings) {
  const waiting = () => at.read().filter((entry) => at.now() - entry.made < oldest)

  const put = (id: string, change: Partial<Entry>) =>
    at.write(waiting().map((entry) => (entry.id === id ? { ...entry, ...change } : entry)))

  async function attempt({ id, body, tries }: Entry) {
    put(id, { due: at.now() + patience })
    let later = 0
    try {
      const response = await at.send(body)
      const { status } = response
      if (response.ok) at.taken(response)
      if (response.ok || (status >= 400 && status < 500 && status !== 429)) {
        at.write(waiting().filter((entry) => entry.id !== id))
        return
      }
      later = (Number(response.headers.get('Retry-After')) || 0) * 1e3
    } catch {
      // Not reached: tried again below.
    }
    const spread = Math.min(pause * 2 ** tries, longestPause)
    put(id, { due: at.now() + later + at.random() * spread, tries: tries + 1 })
  }

  async function flush() {
    const [first] = waiting()
    if (!first) return
    const rest = first.due - at.now()
    // A clock that was set back must not silence the queue.
    if (rest <= 0 || rest > 2 * longestPause) await attempt(first)
    const [next] = waiting()
    if (next) at.wake(flush, Math.max(next.due - at.now(), 0) + 50)
  }

  return {
    add(id: string, body: string) {
      const entry = { id, body, made: at.now(), tries: 0, due: 0 }
      at.write([...waiting(), entry].slice(-most))
      return flush()
    },
    flush,
    /** What nobody is sending: for the last moment of a page. */
    unsent: () => waiting().filter((entry) => entry.due <= at.now()),
  }
}
