import { type Entry, type Mail, patience } from './waiting.ts'

/**
 * Keeps records until the server has acknowledged them: they survive reloads and
 * outages. Sending one twice is harmless, since its id says so. One is sent as soon
 * as it is made, when none waits before it. All else is left to `later`, which
 * hears what the server answered, if it did, and gives whether it takes over.
 */
export function deliver(
  read: () => Record<number, Entry> | undefined,
  write: Mail['write'],
  send: Mail['send'],
  later: (mail: Mail, id?: string, answer?: Response) => Promise<unknown>,
) {
  /** At most so many wait, and for so long (30 days, in milliseconds). */
  const most = 20
  const oldest = 2592e6

  /** The pause between attempts while the server is away as a whole. */
  const pause = 6e4

  // What is stored may have been tampered with: then nothing waits.
  const waiting = () =>
    Object.values(read() ?? {}).filter((entry) => Date.now() - entry?.made < oldest)

  async function flush(id?: string, answer?: Response) {
    const [first] = waiting()
    if (first && !(await later({ waiting, write, send }, id, answer)))
      setTimeout(attempt, pause, first)
  }

  async function attempt({ id, body }: Entry) {
    const answer = await send(body)
    if (answer?.ok) write(waiting().filter((entry) => entry.id !== id))
    return flush(id, answer)
  }

  return {
    flush,
    add(id: string, body: string, made: number) {
      const others = waiting()
      const entry = { id, body, made, due: others[0] ? 0 : made + patience }
      write([...others, entry].slice(-most))
      // The press is answered on screen first.
      entry.due ? setTimeout(attempt, 0, entry) : flush()
    },
  }
}
