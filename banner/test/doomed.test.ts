import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredItem } from 'samtykke:notice'
import { doomed } from '../src/doomed.ts'

// What the compiler decides in a bundle.
Object.assign(globalThis, { KEEPS: true, WEB_STORAGE: true })

const items: StoredItem[] = [
  { ref: 'statistics/tickets', name: '_ga' },
  { ref: 'statistics/map', name: '_ga' },
  { ref: 'statistics/map', name: '_gat', match: '_gat.*' },
  { ref: 'statistics/counter', name: 'nmstat', flags: 'i' },
  { ref: 'functional/forms', name: 'ASP.X', match: 'ASP\\.X' },
  { ref: 'marketing/facebook', name: 'fbm_', match: 'fbm_.*', left: true },
  { ref: 'statistics/map', kind: 'local', name: '_ga' },
]
const goes = (found: string, granted: string[] = [], kind?: StoredItem['kind']) =>
  doomed(items, ['_gatekeeper', 'session.*'], kind, found, granted)?.ref

test('what a denied service matches goes', () => {
  assert.equal(goes('_gat_UA-1'), 'statistics/map')
  assert.equal(goes('NMSTAT'), 'statistics/counter')
  assert.equal(goes('nothing'), undefined)
})

test('a name is matched from end to end', () => {
  for (const name of ['x_ga', '_gax', 'xfbm_1', 'ASPxX', 'ASP.Xx', '_GA']) {
    assert.equal(goes(name), undefined, name)
  }
})

test('a name that a granted service shares stays', () => {
  assert.equal(goes('_ga'), 'statistics/tickets')
  assert.equal(goes('_ga', ['statistics/map']), undefined)
  assert.equal(goes('_ga', ['statistics/counter']), 'statistics/tickets')
})

test('what is necessary stays', () => {
  assert.equal(goes('_gatekeeper'), undefined)
  assert.equal(goes('_gatekeepers'), 'statistics/map')
})

test('what a service that is gone has left goes in every state', () => {
  assert.equal(goes('fbm_1', ['marketing/facebook']), 'marketing/facebook')
})

test('each kind of storage is for itself', () => {
  assert.equal(goes('_ga', [], 'local'), 'statistics/map')
  assert.equal(goes('_gat', [], 'local'), undefined)
})
