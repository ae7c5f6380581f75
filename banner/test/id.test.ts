import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mint, uuid } from '../src/id.ts'

const now = Date.UTC(2026, 10, 22, 12)

test('an id is a UUID version 7 of its time', () => {
  for (let i = 0; i < 200; i++) {
    const id = uuid(now + i)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(parseInt(id.slice(0, 8) + id.slice(9, 13), 16), now + i)
  }
  assert.ok(uuid(now) < uuid(now + 1))
})

test('a token is its time and 128 random bits', () => {
  const token = mint(now)
  assert.match(token, /^[\w-]{30}$/)
  const bytes = Buffer.from(token, 'base64url')
  assert.equal(bytes.length, 22)
  assert.equal(bytes.readUIntBE(0, 6), now)
})

test('no two are the same', () => {
  const made = Array.from({ length: 5000 }, () => [uuid(now), mint(now)]).flat()
  assert.equal(new Set(made).size, made.length)
})

test('every random bit is sometimes set and sometimes not', () => {
  const seen = [new Uint8Array(16).fill(255), new Uint8Array(16)] as const
  for (let i = 0; i < 500; i++) {
    Buffer.from(mint(now), 'base64url')
      .subarray(6)
      .forEach((byte, at) => {
        seen[0][at] = (seen[0][at] ?? 0) & byte
        seen[1][at] = (seen[1][at] ?? 0) | byte
      })
  }
  assert.deepEqual([...seen[0]], Array(16).fill(0))
  assert.deepEqual([...seen[1]], Array(16).fill(255))
})
