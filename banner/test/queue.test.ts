import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deliver, type Entry } from '../src/queue.ts'

/** A queue whose clock and network are the test's. */
function world() {
  let stored: Entry[] = []
  let now = 1_795_000_000_000
  let answer = async (): Promise<Response> => {
    throw new Error('offline')
  }
  const sent: string[] = []
  const timers: { at: number; work: () => void }[] = []
  Date.now = () => now
  globalThis.setTimeout = ((work: () => void, wait: number) => {
    timers.push({ at: now + wait, work })
  }) as unknown as typeof setTimeout
  const queue = deliver(
    () => stored,
    (entries) => {
      stored = entries
    },
    (body) => {
      sent.push(body)
      return answer()
    },
  )
  return {
    queue,
    sent,
    stored: () => stored,
    online: (status: number, headers = {}) => {
      answer = async () => new Response(null, { status, headers })
    },
    /** Lets time pass, with everything that becomes due. */
    async pass(milliseconds: number) {
      const end = now + milliseconds
      for (;;) {
        timers.sort((a, b) => a.at - b.at)
        const next = timers[0]
        if (!next || next.at > end) break
        timers.shift()
        now = Math.max(now, next.at)
        next.work()
        for (let i = 0; i < 10; i++) await Promise.resolve()
        await new Promise(setImmediate)
      }
      now = end
    },
  }
}

test('case 90: what is made offline waits, twenty at most, and is sent later in order', async () => {
  const { queue, sent, stored, online, pass } = world()
  for (let i = 0; i < 25; i++) await queue.add(`${i}`, `body ${i}`)
  assert.deepEqual(
    stored().map(({ body }) => body),
    Array.from({ length: 20 }, (_, i) => `body ${i + 5}`),
  )
  sent.length = 0
  online(201)
  await pass(3_600_000)
  assert.deepEqual(sent, Array.from({ length: 20 }, (_, i) => `body ${i + 5}`))
  assert.deepEqual(stored(), [])
})

test('case 90: what is older than thirty days is not sent any more', async () => {
  const { queue, sent, online, pass } = world()
  await queue.add('old', 'old')
  await pass(31 * 86_400_000)
  sent.length = 0
  online(201)
  await queue.add('new', 'new')
  await pass(3_600_000)
  assert.deepEqual(sent, ['new'])
})

test('what the server refuses is not sent again, what it defers is', async () => {
  const { queue, sent, stored, online, pass } = world()
  online(422)
  await queue.add('refused', 'refused')
  await pass(3_600_000)
  assert.deepEqual(sent, ['refused'])
  assert.deepEqual(stored(), [])
  online(503, { 'Retry-After': '60' })
  await queue.add('deferred', 'deferred')
  await pass(59_000)
  assert.deepEqual(sent, ['refused', 'deferred'])
  online(201)
  await pass(10_000)
  assert.deepEqual(sent, ['refused', 'deferred', 'deferred'])
  assert.deepEqual(stored(), [])
})
