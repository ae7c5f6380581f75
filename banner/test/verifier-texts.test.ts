import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choose, fill, languages, visible, word } from '../verifier/texts.ts'

test('the language is the best that is wished for', () => {
  assert.equal(choose(['', 'nn-NO', 'en']), 'nn')
  assert.equal(choose(['no']), 'nb')
  assert.equal(choose(['pl', 'se-NO', 'nb']), 'se')
  assert.equal(choose(['pl']), 'en')
  assert.equal(choose(['constructor', '__proto__']), 'en')
})

test('what cannot be seen is shown', () => {
  assert.equal(visible('a\u202eb\u0000\u200b'), 'a\\u{202e}b\\u{0}\\u{200b}')
  assert.equal(visible('Gárttat «æøå» š'), 'Gárttat «æøå» š')
  assert.equal(fill('{name}: {name}', { name: '\u202e$&' }), '\\u{202e}$&: \\u{202e}$&')
  assert.equal(word({ save: 'Saved' }, 'save'), 'Saved')
  assert.equal(word({ save: 'Saved' }, 'constructor'), 'constructor')
})

/** Every text, with the names that it fills in. */
const named = (words: object, at = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${at}${key} ${[...value.matchAll(/\{\w+\}/g)].map(String).sort()}`]
      : named(value, `${at}${key}.`),
  )

test('every language names the same in each text', () => {
  for (const words of Object.values(languages)) {
    assert.deepEqual(named(words), named(languages.nb))
  }
})
