import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pick } from '../src/language.ts'

// As the bundler makes it for nb, nn, se and en, with nb as the first.
const known = { nb: [], nn: [], se: [], en: [], sme: 'se' }

test('a page is spoken to in its own language, or one that is known', () => {
  for (const [page, want] of [
    ['nb', 'nb'],
    ['nb-NO', 'nb'],
    ['NN-no', 'nn'],
    ['no', 'nb'],
    ['se', 'se'],
    ['sme', 'sme'],
    ['se-Latn-NO', 'se'],
    ['en-GB', 'en'],
    ['', 'nb'],
    ['de', 'nb'],
    ['nb_NO', 'nb'],
    ['nbx', 'nb'],
  ] as const) {
    assert.equal(pick(page, known, 'nb'), want, page)
  }
})

test('a region of its own goes before its language', () => {
  assert.equal(pick('en-GB', { en: [], 'en-gb': [] }, 'nb'), 'en-gb')
})
