import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apply, choiceOf, isAnswered, refsOf, verdict } from '../src/choice.ts'

const units = [
  { category: 'functional', sum: 'aaaaaa', refs: ['functional/a', 'functional/b'] },
  { category: 'statistics', sum: 'bbbbbb', refs: ['statistics/a'] },
  {
    sum: 'cccccc',
    refs: ['functional/tv', 'statistics/tv'],
  },
]
const all = (functional: boolean, statistics: boolean) => ({
  categories: { functional, statistics },
  services: {},
})

test('no answer is neither a yes nor a no', () => {
  assert.equal(verdict(units, {}, 'statistics', ''), undefined)
  assert.equal(verdict(units, { 'statistics/a': 9 }, 'statistics', ''), true)
  assert.equal(verdict(units, { 'statistics/a': -9 }, 'statistics', ''), false)
  assert.equal(isAnswered({ 'statistics/a': -9 }, ['statistics/a']), true)
  assert.equal(isAnswered({}, ['statistics/a']), false)
})

test('what is unknown does not run', () => {
  for (const [category, service] of [
    ['marketing', ''],
    ['statistics', 'b'],
    ['constructor', ''],
    ['__proto__', '__proto__'],
    ['', ''],
    ['', 'nobody'],
  ] as const) {
    assert.equal(verdict(units, {}, category, service), null, `${category}/${service}`)
  }
})

test('a service may be named without its category', () => {
  const answers = apply(units, {}, all(true, false), 9)
  assert.deepEqual(refsOf(units, 'a'), ['functional/a', 'statistics/a'])
  assert.equal(verdict(units, answers, '', 'a'), false)
  assert.equal(verdict(units, answers, '', 'b'), true)
})

test('a yes in the banner starts nothing that is asked for in place', () => {
  const answers = apply(units, {}, all(true, true), 9)
  assert.equal(verdict(units, answers, 'functional', ''), true)
  assert.equal(verdict(units, answers, 'functional', 'tv'), undefined)
  assert.deepEqual(choiceOf(units, answers), all(true, true))
})

test('a category is granted when all of it is', () => {
  const part = apply(
    units,
    {},
    {
      categories: { functional: true, statistics: false },
      services: { 'functional/b': false },
    },
    9,
  )
  assert.deepEqual(choiceOf(units, part), {
    categories: { functional: false, statistics: false },
    services: { 'functional/a': true },
  })
  assert.equal(verdict(units, part, 'functional', ''), false)
  assert.equal(verdict(units, part, 'functional', 'a'), true)
})

test('every category is told, and services in place when they are answered', () => {
  assert.deepEqual(choiceOf(units, {}), all(false, false))
  const services = { 'functional/tv': true, 'statistics/tv': false }
  const answers = apply(units, {}, { categories: {}, services }, 9)
  assert.deepEqual(choiceOf(units, answers).services, services)
})

test('an answer that stays as it was keeps its time', () => {
  const first = apply(units, {}, all(true, false), 100)
  const second = apply(units, first, all(true, true), 200)
  assert.equal(second['functional/a'], 100)
  assert.equal(second['statistics/a'], 200)
  const third = apply(units, second, all(false, true), 300)
  assert.equal(third['functional/a'], -300)
})

test('a choice says nothing of what it does not name', () => {
  const first = apply(units, {}, all(true, false), 100)
  assert.deepEqual(apply(units, first, { categories: {}, services: {} }, 200), first)
  const unknown = { categories: { marketing: true }, services: { 'x/y': true } }
  assert.deepEqual(apply(units, first, unknown, 200), first)
})

test('what is stored is what was chosen, whatever was chosen', () => {
  for (let pattern = 0; pattern < 32; pattern++) {
    const refs = units.flatMap((unit) => unit.refs)
    const services = Object.fromEntries(
      refs.map((ref, i) => [ref, (pattern & (1 << i)) !== 0]),
    )
    const answers = apply(units, {}, { categories: {}, services }, 9)
    for (const ref of refs) {
      const [category = '', service = ''] = ref.split('/')
      assert.equal(verdict(units, answers, category, service), services[ref])
    }
    assert.deepEqual(apply(units, {}, choiceOf(units, answers), 9), answers)
  }
})
