import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bytes, fromBase64, join } from '../verifier/bytes.ts'
import { parseChoice } from '../verifier/choice.ts'
import { Fault } from '../verifier/fault.ts'
import { parseRecord } from '../verifier/record.ts'

const field = (value: Bytes | string) => {
  const bytes = join(value)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return join(length, bytes)
}
const number = (value: bigint) => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value)
  return bytes
}

/** A record as it should be, with some fields in place of others. */
const record = (...changes: [at: number, value: Bytes | string][]) => {
  const fields: (Bytes | string)[] = [
    'organisation',
    'site',
    number(1n),
    new Uint8Array(32),
    'bundle',
    new Uint8Array(32),
    'nb',
    'save',
    'first',
    'given',
    '1',
    '{}',
    new Uint8Array(16),
    '',
    '',
    number(0n),
    number(-5n),
  ]
  for (const [at, value] of changes) fields[at - 1] = value
  return join(...fields.map(field))
}

test('a record has one form only', () => {
  assert.equal(parseRecord(record()).skew, -5)
  for (const [at, value] of [
    [1, Uint8Array.of(0xff)], // not UTF-8
    [3, new Uint8Array(7)],
    [3, number(2n ** 60n)],
    [4, new Uint8Array(31)],
    [6, ''],
    [11, '2'],
    [11, ''],
    [13, ''],
    [14, new Uint8Array(22)], // zeros where nothing should be
    [14, new Uint8Array(21).fill(1)],
    [15, new Uint8Array(16)],
    [16, number(2n ** 53n - 1n)], // no time that a clock shows
    [17, ''],
  ] as const) {
    assert.throws(
      () => parseRecord(record([at, value])),
      (error) => error instanceof Fault && error.about.field === at,
      `field ${at}`,
    )
  }
})

test('a record is neither shorter nor longer', () => {
  const whole = record()
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => parseRecord(whole.slice(0, length)), Fault)
  }
  assert.throws(() => parseRecord(join(whole, 'x')), Fault)
})

test('a byte order mark is part of a text', () => {
  assert.equal(parseRecord(record([1, '\ufeffx'])).organisation, '\ufeffx')
})

test('a choice is categories and services, and nothing else', () => {
  assert.deepEqual(parseChoice('{"categories":{"a":true},"services":{"b/c":false}}'), [
    { category: 'a', service: '', granted: true },
    { category: 'b', service: 'c', granted: false },
  ])
  assert.deepEqual(parseChoice('{"categories":{}}'), [])
  for (const json of [
    '',
    'null',
    '[]',
    '{}',
    '{"categories":[]}',
    '{"categories":{"a":1}}',
    '{"categories":{},"services":{"b":true}}',
    '{"categories":{},"services":{"b/c/d":true}}',
    '{"categories":{},"services":null}',
    '{"categories":{},"more":{}}',
  ]) {
    assert.equal(parseChoice(json), undefined, json)
  }
})

test('base64 has one form only', () => {
  assert.deepEqual(fromBase64('AQI='), Uint8Array.of(1, 2))
  assert.deepEqual(fromBase64(''), new Uint8Array(0))
  for (const text of ['AQI', 'AQJ=', 'AQI==', 'AQ I=', 'AQI=\n', 'AQ-_', '=', 'A=B=']) {
    assert.equal(fromBase64(text), undefined, text)
  }
})
