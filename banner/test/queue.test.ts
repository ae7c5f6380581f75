import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'
import type { Memory } from '../src/memory.ts'
import { deliver } from '../src/queue.ts'
import { retry } from '../src/retry.ts'
import type { Entry } from '../src/waiting.ts'

type Answer =
  | number
  | { status: number; after: string }
  | { between: number }
  | 'down'
  | 'hangs'

/** What a server that answers so gives to a request. */
function respond(answer: Answer | undefined): Promise<Response | undefined> {
  if (answer === 'down') return Promise.reject(new TypeError('not reached'))
  if (answer === undefined || answer === 'hangs') return new Promise(() => {})
  if (typeof answer === 'number') {
    const headers: HeadersInit = answer < 400 ? {} : { 'Samtykke-Reason': 'invalid' }
    return Promise.resolve(new Response('{}', { status: answer, headers }))
  }
  if ('between' in answer) {
    const headers = { 'Content-Type': 'application/json' }
    return Promise.resolve(new Response('<p>No', { status: answer.between, headers }))
  }
  const headers = { 'Retry-After': answer.after }
  return Promise.resolve(new Response(null, { status: answer.status, headers }))
}

/** A browser's storage and a server that gives these answers, the last for ever. */
function world(...answers: Answer[]) {
  let stored = '[]'
  const sent: string[] = []
  const waiting = () => JSON.parse(stored) as Entry[]
  const kept = { last: { id: '1', time: 0 } as Memory['last'] }
  const write = (entries: Entry[], more?: Pick<Memory, 'last'>) => {
    stored = JSON.stringify(entries)
    Object.assign(kept, more)
  }
  const send = (body: string) => {
    sent.push(body)
    return respond(answers.length > 1 ? answers.shift() : answers[0]).catch(
      () => undefined,
    )
  }
  const tab = (
    later: (...attempt: Parameters<typeof retry>) => Promise<unknown> = here,
  ) => {
    const { flush, add } = deliver(waiting, write, send, later)
    return {
      flush,
      add: (id: string, body: string) => add(id, body, Date.now()),
    }
  }
  const store = (text: string) => {
    stored = text
  }
  return { sent, waiting, store, tab, kept }
}

/** What is loaded to try again; a server that is away altogether does not give it. */
const here = async (...attempt: Parameters<typeof retry>) => retry(...attempt)
const away = async () => undefined

/** Lets time go by, with everything that is due in it. */
async function pass(seconds: number) {
  for (let i = 0; i < seconds * 10; i++) {
    mock.timers.tick(100)
    for (let turn = 0; turn < 12; turn++) await Promise.resolve()
  }
}

/** What hears that the page goes. */
const parting: (() => void)[] = []
const leave = () => {
  for (const hear of parting) hear()
}
Object.assign(globalThis, {
  addEventListener: (event: string, hear: () => void) =>
    event === 'pagehide' && parting.push(hear),
})

beforeEach(() => {
  parting.length = 0
  mock.reset()
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_795_335_400_000 })
  mock.method(Math, 'random', () => 0.5)
})

test('a record is sent once and forgotten', async () => {
  const { sent, tab, waiting } = world(201)
  await tab().add('1', 'one')
  await pass(60)
  assert.deepEqual(sent, ['one'])
  assert.deepEqual(waiting(), [])
})

test('a record waits while the server is away, and is sent when it is back', async () => {
  const { sent, tab, waiting } = world('down', 503, 500, 201)
  tab().add('1', 'one')
  await pass(1)
  assert.equal(waiting().length, 1)
  await pass(60)
  assert.deepEqual(sent, ['one', 'one', 'one', 'one'])
  assert.deepEqual(waiting(), [])
})

test('what the server refuses is dropped', async () => {
  for (const status of [400, 403, 404, 409, 410, 413, 422]) {
    const { sent, tab, waiting } = world(status)
    await tab().add('1', 'one')
    await pass(30)
    assert.deepEqual([sent.length, waiting().length], [1, 0], `${status}`)
  }
})

test('what the server refuses leaves no receipt, and what it keeps does', async () => {
  for (const [answer, there] of [
    [201, true],
    [409, false],
    [503, true],
  ] as const) {
    const { tab, kept } = world(answer)
    await tab().add('1', 'one')
    await pass(1)
    assert.equal(!!kept.last, there, `${answer}`)
  }
})

test('what something on the way refuses waits until the server has it', async () => {
  for (const between of [400, 403, 404, 408, 502]) {
    const { sent, tab, waiting, kept } = world({ between }, { between }, 201)
    tab().add('1', 'one')
    await pass(1)
    assert.deepEqual([waiting().length, !!kept.last], [1, true], `${between}`)
    await pass(30)
    assert.deepEqual([sent.length, waiting().length], [3, 0], `${between}`)
  }
})

test('Retry-After is honoured, on the next page as well', async () => {
  const { sent, tab } = world({ status: 429, after: '3600' }, 201)
  tab().add('1', 'one')
  await pass(1)
  for (let page = 1; page < 4; page++) {
    tab().flush()
    await pass(600)
  }
  assert.equal(sent.length, 1)
  await pass(1900)
  assert.equal(sent.length, 2)
})

test('a server asks for no more than a day', async () => {
  const { sent, tab } = world({ status: 503, after: '8640000' }, 201)
  tab().add('1', 'one')
  await pass(5) // a pause beyond 32 bits would be none
  await tab().flush()
  assert.equal(sent.length, 1)
  mock.timers.setTime(Date.now() + 864e5 + 3e5)
  await tab().flush()
  assert.equal(sent.length, 2)
})

test('Retry-After is honoured', async () => {
  for (const status of [429, 503]) {
    const { sent, tab } = world({ status, after: '30' }, 201)
    tab().add('1', 'one')
    await pass(30)
    assert.equal(sent.length, 1)
    await pass(5)
    assert.equal(sent.length, 2)
  }
})

test('Retry-After may be a date', async () => {
  for (const [seconds, attempts] of [
    [30, 1],
    [-3600, 2],
  ] as const) {
    const after = new Date(Date.now() + 1e3 * seconds).toUTCString()
    const { sent, tab } = world(
      { status: 503, after },
      { status: 503, after: '600' },
      201,
    )
    tab().add('1', 'one')
    await pass(0.5)
    assert.equal(sent.length, 1, after)
    await pass(28)
    assert.equal(sent.length, attempts, after)
    await pass(7)
    assert.equal(sent.length, 2, after)
  }
})

test('nonsense in Retry-After is no pause', async () => {
  const { sent, tab } = world({ status: 503, after: 'soon' }, 201)
  tab().add('1', 'one')
  await pass(5)
  assert.equal(sent.length, 2)
})

test('pauses grow, to five minutes at most', async () => {
  const { sent, tab } = world('down')
  tab().add('1', 'one')
  await pass(60)
  const early = sent.length
  assert.ok(early > 3 && early < 8, `${early} attempts in the first minute`)
  await pass(3600)
  const late = sent.length - early
  assert.ok(late > 10 && late < 40, `${late} attempts in the hour after`)
})

test('records go in their order', async () => {
  const { sent, tab } = world('down', 201)
  const here = tab()
  here.add('1', 'one')
  here.add('2', 'two')
  await pass(30)
  assert.deepEqual(sent, ['one', 'one', 'two'])
})

test('at most twenty wait, the newest', () => {
  const { tab, waiting } = world('hangs')
  const here = tab()
  for (let i = 1; i <= 25; i++) here.add(`${i}`, `${i}`)
  assert.deepEqual(
    waiting().map(({ id }) => id),
    Array.from({ length: 20 }, (_, i) => `${i + 6}`),
  )
})

test('after thirty days a record is too old', async () => {
  const { sent, tab, waiting } = world('hangs')
  tab().add('1', 'one')
  await pass(1)
  mock.timers.setTime(Date.now() + 30 * 86_400_000 + 1)
  await tab().flush()
  assert.equal(sent.length, 1)
  tab().add('2', 'two')
  assert.deepEqual(
    waiting().map(({ id }) => id),
    ['2'],
  )
})

test('a record survives a reload', async () => {
  const { sent, tab, waiting } = world('down', 201)
  tab().add('1', 'one')
  await pass(1)
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() + 60_000 })
  await tab().flush()
  await pass(1)
  assert.equal(sent.length, 2)
  assert.deepEqual(waiting(), [])
})

test('another tab does not send what one is sending', async () => {
  const { sent, tab } = world('hangs')
  tab().add('1', 'one')
  await pass(1)
  const other = tab()
  await other.flush()
  assert.equal(sent.length, 1)
  leave()
  assert.equal(sent.length, 1)
  // The first tab is gone without an answer: the other takes over.
  await pass(16)
  assert.equal(sent.length, 2)
})

test('a clock that is set back does not silence the queue', async () => {
  const { sent, tab } = world('down', 201)
  tab().add('1', 'one')
  await pass(1)
  mock.timers.reset()
  mock.timers.enable({
    apis: ['setTimeout', 'Date'],
    now: Date.now() - 10 * 31_536_000_000,
  })
  await tab().flush()
  assert.equal(sent.length, 2)
})

test('what nobody is sending is sent when the page goes, once', async () => {
  const { sent, tab } = world('hangs')
  const here = tab()
  here.add('1', 'one')
  here.add('2', 'two')
  await pass(1)
  assert.deepEqual(sent, ['one'])
  leave()
  leave()
  assert.deepEqual(sent, ['one', 'two'])
})

test('without what tries again, the page tries once a minute', async () => {
  const { sent, tab, waiting } = world('down', 503, 201)
  const page = tab(away)
  page.add('1', 'one')
  page.add('2', 'two')
  await pass(59)
  assert.deepEqual(sent, ['one'])
  await pass(62)
  assert.deepEqual(waiting(), [])
  assert.deepEqual([...new Set(sent)], ['one', 'two'])
})

test('what somebody has tampered with is not sent, and stops nothing', async () => {
  for (const tampered of ['"x"', '5', '[null]', '[5]', '{"a":1}', '[{"body":1}]']) {
    const { sent, tab, waiting, store } = world('down', 201)
    store(tampered)
    const page = tab()
    page.add('1', 'one')
    await pass(30)
    leave()
    assert.deepEqual([...new Set(sent)], ['one'], tampered)
    assert.deepEqual(Object.values(waiting()), [], tampered)
  }
})
