import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answers } from '../src/choice.ts'
import type { Unit } from '../src/host.ts'
import { format, parse } from '../src/store.ts'

const now = 1_795_000_000
const year = 31_536_000

/** Three categories with fifty services in all, as a large municipality has. */
const units: Unit[] = ['functional', 'statistics', 'marketing'].map((category, n) => ({
  category,
  sum: `sum-0${n}`,
  refs: Array.from({ length: n === 0 ? 16 : 17 }, (_, i) => `${category}/service-${i}`),
}))
const refs = units.flatMap((unit) => unit.refs)
const mixed: Answers = Object.fromEntries(refs.map((ref, i) => [ref, i % 3 ? now - i : i - now]))

test('case 13: the cookie of fifty services is small', () => {
  assert.equal(refs.length, 50)
  const value = format(mixed, units)
  assert.ok(value.length < 120, `${value.length} bytes: ${value}`)
})

test('what is written is read: every yes, every no', () => {
  const read = parse(format(mixed, units), units, now, year)
  for (const ref of refs) {
    assert.equal((read[ref] ?? 0) > 0, (mixed[ref] ?? 0) > 0, ref)
    assert.ok(read[ref])
  }
})

test('case 3: no damage makes a yes of a no', () => {
  const no = format(Object.fromEntries(refs.map((ref) => [ref, -now])), units)
  let state = 7
  const random = (n: number) => {
    state = (state * 48271) % 2147483647
    return state % n
  }
  for (let i = 0; i < 20_000; i++) {
    const at = random(no.length)
    const letter = '.~abcXYZ!%'[random(10)]
    const damaged = no.slice(0, at) + letter + no.slice(at + random(3))
    const read = parse(damaged, units, now, year)
    assert.ok(!Object.values(read).some((time) => time > 0), damaged)
  }
})

test('case 8: an answer expires, and none comes from the future', () => {
  const all: Answers = Object.fromEntries(refs.map((ref) => [ref, now]))
  const value = format(all, units)
  assert.equal(Object.keys(parse(value, units, now + year - 1, year)).length, 50)
  assert.deepEqual(parse(value, units, now + year, year), {})
  assert.deepEqual(parse(value, units, now - 2 * 86_400, year), {})
})
