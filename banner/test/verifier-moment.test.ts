import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moment } from '../verifier/moment.ts'

test('a time names its zone as people say it', () => {
  const winter = '2026-11-22T11:00:34Z'
  const summer = Date.parse('2026-07-22T11:00:34Z')
  for (const lang of ['nb', 'nn']) {
    assert.equal(
      moment(winter, lang),
      '22. november 2026 kl. 12:00:34 norsk tid (UTC+1)',
    )
    assert.equal(moment(summer, lang), '22. juli 2026 kl. 13:00:34 norsk tid (UTC+2)')
  }
  assert.match(moment(winter, 'se'), /2026.*12:00:34 .+ \(UTC\+1\)$/)
  assert.match(
    moment(winter, 'en'),
    /^22 November 2026 at 12:00:34 (CET|GMT\+1) \(UTC\+1\)$/,
  )
})
