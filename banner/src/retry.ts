import { type Entry, type Mail, patience } from './waiting.ts'

/** The first and the longest pause between attempts. */
const pause = 2e3
const longestPause = 3e5

/** For how long a server may ask to be left alone, in milliseconds: a day. */
const longestRest = 864e5

/** How long an entry rests before it is due, in milliseconds. */
const rest = ({ due }: Entry) => due - Date.now()

const change = (mail: Mail, id: string, news: (entry: Entry) => Partial<Entry>) =>
  mail.write(
    mail
      .waiting()
      .map((entry) => (entry.id === id ? { ...entry, ...news(entry) } : entry)),
  )

/** Notes what became of an attempt: without an answer the server was not reached. */
function note(mail: Mail, id: string, answer: Response | undefined) {
  const others = mail.waiting().filter((entry) => entry.id !== id)
  // What the server refuses would be refused again; what something on the way refuses,
  // may not. The newest has no receipt then.
  if (
    answer?.ok ||
    (answer?.headers.has('Samtykke-Reason') &&
      answer.status < 500 &&
      answer.status !== 429)
  ) {
    return mail.write(others, answer?.ok || others[0] ? {} : { last: undefined })
  }
  // Seconds, or a date.
  const told = answer?.headers.get('Retry-After') as string
  const asked = 1e3 * (told as unknown as number) || Date.parse(told) - Date.now() || 0
  change(mail, id, ({ tries = 0 }) => ({
    due:
      Date.now() +
      Math.random() * Math.min(pause * 2 ** tries, longestPause) +
      Math.min(Math.max(0, asked), longestRest),
    tries: tries + 1,
  }))
}

async function attempt(mail: Mail, { id, body }: Entry) {
  change(mail, id, () => ({ due: Date.now() + patience }))
  note(mail, id, await mail.send(body))
}

async function flush(mail: Mail) {
  const [first] = mail.waiting()
  // A clock that was set back must not silence the queue, or a server for longer.
  if (first && (rest(first) <= 0 || rest(first) > 2 * longestRest)) {
    await attempt(mail, first)
  }
  const [next] = mail.waiting()
  if (next) setTimeout(flush, Math.max(rest(next), 50), mail)
}

/**
 * Says so when pages of this address may not record anything: what refuses them
 * cannot be read here.
 */
const tellForeign = () => import('./origin.js' as string).catch(() => {})

/**
 * Sends what waits, in its order, until nothing does, or the page goes. The page may
 * have tried one already, with or without an answer.
 */
export function retry(mail: Mail, id?: string, answer?: Response) {
  // What nobody is sending then. Who sends claims it, so that it goes once.
  addEventListener('pagehide', () => {
    for (const entry of mail.waiting()) if (rest(entry) <= 0) attempt(mail, entry)
  })
  if (!answer) tellForeign()
  if (id) note(mail, id, answer)
  flush(mail)
  return true as const
}
