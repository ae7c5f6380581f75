import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Choice, Unit } from '../src/host.ts'
import { chosen, grants } from '../src/panel-choice.ts'

const units: Unit[] = [
  { category: 'statistics', sum: 'a', refs: ['statistics/one', 'statistics/two'] },
  { category: 'marketing', sum: 'b', refs: ['marketing/ads'] },
  { sum: 'c', refs: ['marketing/video'] },
  { sum: 'd', refs: ['functional/tv', 'statistics/tv'] },
]
const refs = units.flatMap((unit) => unit.refs)
const nothing: Choice = {
  categories: { statistics: false, marketing: false },
  services: {},
}

test('what is saved is what is ticked, for every pattern of boxes', () => {
  for (let pattern = 0; pattern < 1 << refs.length; pattern++) {
    const ticked = refs.filter((_, i) => pattern & (1 << i))
    const choice = chosen(units, ticked, nothing)
    for (const unit of units) {
      for (const ref of unit.refs) {
        assert.equal(
          grants(choice, unit, ref),
          ticked.includes(ref),
          `${ref} of ${ticked}`,
        )
      }
    }
  }
})

test('a category is granted only when all of it is', () => {
  assert.deepEqual(chosen(units, ['statistics/one', 'marketing/ads'], nothing), {
    categories: { statistics: false, marketing: true },
    services: { 'statistics/one': true },
  })
})

test('a yes to a category starts nothing that is asked for in place', () => {
  const choice = chosen(
    units,
    ['statistics/one', 'statistics/two', 'marketing/ads'],
    nothing,
  )
  assert.deepEqual(choice, {
    categories: { statistics: true, marketing: true },
    services: {},
  })
})

test('taking back what was allowed in place is said, silence is not', () => {
  const before: Choice = { ...nothing, services: { 'marketing/video': true } }
  assert.deepEqual(chosen(units, [], before).services, { 'marketing/video': false })
})
