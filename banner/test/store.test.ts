import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format, newest, parse } from '../src/store.ts'

const year = 31536e3
const now = 1_795_335_400
const units = [
  { category: 'statistics', sum: 'I7G-6P', refs: ['statistics/a', 'statistics/b'] },
  { sum: 'wP_su0', refs: ['functional/tv'] },
]
const answers = { 'statistics/a': now, 'statistics/b': -now, 'functional/tv': now }
const read = (value: string, at = now) => parse(value, units, at, year)

test('what is written is read', () => {
  const value = format(answers, units)
  assert.match(value, /^1\.I7G-6P[0-9a-z]+~10\.wP_su0[0-9a-z]+~1$/)
  assert.deepEqual(read(value), answers)
  assert.deepEqual(read(format({}, units)), {})
  const part = { 'statistics/a': -now }
  assert.deepEqual(read(format(part, units)), part)
})

test('a damaged, foreign or older cookie has answered nothing', () => {
  const value = format(answers, units)
  for (const damaged of [
    '',
    '0',
    '1',
    'true',
    'yes',
    '{"statistics":true}',
    value.replace('1.', '2.'),
    value.replace('~10', '~1x').slice(0, 20),
    '1.I7G-6P~11',
    '1.I7G-6Ptowad9~111',
    '1.I7G-6Ptowad9~1',
    '1.I7G-6Ptowad9~33',
    '1.I7G-6P-1~11',
    `1.I7G-6P${'z'.repeat(4000)}~11`,
    `${value}.!!!!`,
    `${value}.garbage`,
    `${value}.${value}`,
    `${value}.${value.split('.')[1]?.replace(/~.*/, '~11')}`,
    encodeURIComponent(value).replace(/~/g, '%7E'),
    'j:{"__proto__":{"statistics":true}}',
  ]) {
    assert.deepEqual(read(damaged), {}, damaged)
  }
})

test('a truncated cookie never grants', () => {
  const value = format(answers, units)
  for (let length = 0; length < value.length; length++) {
    for (const [ref, time] of Object.entries(read(value.slice(0, length)))) {
      assert.equal(
        Math.sign(time),
        Math.sign(answers[ref as keyof typeof answers]),
        ref,
      )
    }
  }
})

test('an answer holds for its validity, a yes as long as a no', () => {
  const value = format(answers, units)
  assert.deepEqual(read(value, now + year - 1), answers)
  assert.deepEqual(read(value, now + year), {})
})

test('an answer from the future is damaged, but for a clock that runs ahead', () => {
  const value = format(answers, units)
  assert.deepEqual(read(value, now - 3600), answers)
  assert.deepEqual(read(value, now - 2 * 86400), {})
})

test('each unit expires by itself', () => {
  const older = { ...answers, 'functional/tv': now - year + 10 }
  assert.deepEqual(read(format(older, units), now + 10), {
    'statistics/a': now,
    'statistics/b': -now,
  })
})

test('a unit that means something else now is asked anew, others are kept', () => {
  const value = format(answers, units)
  const changed = [{ ...units[0], category: '', sum: 'other1', refs: ['statistics/a'] }]
  assert.deepEqual(parse(value, [...changed, ...units.slice(1)], now, year), {
    'functional/tv': now,
  })
})

test('what the notice does not have any more is dropped', () => {
  const value = format(answers, units)
  assert.deepEqual(parse(value, units.slice(0, 1), now, year), {
    'statistics/a': now,
    'statistics/b': -now,
  })
})

test('the newest of several answers is told', () => {
  assert.equal(newest({}), 0)
  assert.equal(newest({ 'statistics/a': -now, 'statistics/b': now - 5 }), now)
})

test('fifty services make a small cookie', () => {
  const many = Array.from({ length: 50 }, (_, i) => ({
    sum: `sum${i}`.padEnd(6, '-'),
    refs: [`marketing/service-${i}`],
  }))
  const granted = Object.fromEntries(many.map(({ refs }) => [refs[0], now]))
  assert.ok(format(granted, many).length < 1000)
  const one = [
    { category: 'marketing', sum: 'aaaaaa', refs: many.flatMap((unit) => unit.refs) },
  ]
  assert.ok(format(granted, one).length < 80)
})
