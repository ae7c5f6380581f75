import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../me/arrival.ts'

const token = 'abcdefghijklmnopqrstuvwxyz-_01'
const receipt = '019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b'
const leaf = 'A'.repeat(43)
const host = 'samtykke.example.no'
const whole = { receipt, log: `${host}/consent/gjerdrum/2026`, index: '7', leaf }

/** A fragment with some of it otherwise, or absent. */
const code = (changes: Record<string, string | undefined> = {}) =>
  Object.entries({ ...whole, ...changes })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
    .join('&')

test('what a code of ours says is read', () => {
  const log = 'consent/gjerdrum/2026'
  const printed = { log, index: 7, leaf: '0'.repeat(64) }
  assert.deepEqual(read(code()), { noted: { receipt, printed } })
  assert.deepEqual(read(code({ log: `${whole.log}-b` })), {
    noted: { receipt, printed: { ...printed, log: `${log}-b` } },
  })
})

test('a code from when the server had another name is read', () => {
  const { noted } = read(code({ log: 'old.example.no/consent/gjerdrum/2026' }))
  assert.deepEqual(noted, read(code()).noted)
})

test('a key, a receipt, or both', () => {
  const noted = { receipt, printed: undefined }
  assert.deepEqual(read(token), { token })
  assert.deepEqual(read(`receipt=${receipt}`), { noted })
  assert.deepEqual(read(`${token}&receipt=${receipt}`), { token, noted })
  assert.deepEqual(read('somewhere'), {})
})

test('nothing of a code that is not ours is kept', () => {
  const plea = 'Ring 815 00 000 nå'
  for (const changes of [
    { receipt: '' },
    { receipt: plea },
    { receipt: `${receipt} ${plea}` },
    { receipt: receipt.toUpperCase() },
    { log: plea },
    { log: `${whole.log} ${plea}` },
    { log: 'Ring 815/consent/gjerdrum/2026' },
    { log: 'consent/gjerdrum/2026' },
    { log: `https://${whole.log}` },
    { log: undefined },
    { index: plea },
    { index: '07' },
    { index: '-1' },
    { index: undefined },
    { leaf: plea },
    { leaf: leaf.slice(1) },
    { leaf: `${leaf.slice(1)}B` }, // not the one form of the hash
    { leaf: undefined },
  ]) {
    const said = JSON.stringify(changes)
    assert.deepEqual(read(code(changes)), { noted: 'unreadable' }, said)
    const both = read(`${token}&${code(changes)}`)
    assert.deepEqual(both, { token, noted: 'unreadable' }, said)
  }
})
