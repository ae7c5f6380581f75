import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'

/* The template for Google Tag Manager, in a stand-in for its sandbox. */

const file = new URL('../../examples/tag-manager/samtykke.tpl', import.meta.url)
const names = [
  'TERMS_OF_SERVICE',
  'INFO',
  'TEMPLATE_PARAMETERS',
  'SANDBOXED_JS_FOR_WEB_TEMPLATE',
  'WEB_PERMISSIONS',
  'TESTS',
  'NOTES',
]
const pieces = readFileSync(file, 'utf8').split(/^___([A-Z_]+)___$/m)
const found = pieces.filter((_, i) => i % 2)
const section = (name: string) => pieces[pieces.indexOf(name) + 1]?.trim() ?? ''
const code = section('SANDBOXED_JS_FOR_WEB_TEMPLATE')

/** A value as Tag Manager writes it in permissions. */
interface Value {
  type: number
  string?: string
  boolean?: boolean
  listItem?: Value[]
  mapKey?: Value[]
  mapValue?: Value[]
}

const permissions = new Map<string, Value>(
  JSON.parse(section('WEB_PERMISSIONS')).map(
    ({
      instance,
    }: {
      instance: { key: { publicId: string }; param: [{ value: Value }] }
    }) => [instance.key.publicId, instance.param[0].value] as const,
  ),
)
const items = (permission: string) => permissions.get(permission)?.listItem ?? []

/** The types of consent that the template may write. */
const writable = items('access_consent')
  .map(({ mapKey = [], mapValue = [] }) =>
    Object.fromEntries(mapKey.map(({ string }, i) => [string, mapValue[i]])),
  )
  .filter(({ write }) => write?.boolean)
  .map(({ consentType }) => consentType?.string)

/** Whether a pattern of the permission, which ends in "*", takes an address in. */
const mayInject = (address: string) =>
  items('inject_script').some(({ string = '' }) =>
    address.startsWith(string.replace(/\*$/, '')),
  )

/** Runs the template, and gives what it asks of Tag Manager, in its order. */
function run(server: string, arrives: boolean) {
  const calls: unknown[][] = []
  const called =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args])
  const apis: Record<string, unknown> = {
    logToConsole: called('log'),
    queryPermission: (permission: string, address: string) =>
      permission === 'inject_script' && mayInject(address),
    setDefaultConsentState: ({
      wait_for_update,
      ...types
    }: Record<string, unknown>) => {
      assert.equal(typeof wait_for_update, 'number')
      for (const [type, state] of Object.entries(types)) {
        assert.ok(writable.includes(type), `no permission to write ${type}`)
        assert.match(String(state), /^(granted|denied)$/)
      }
      calls.push(['default', { ...types }])
    },
    injectScript: (
      address: string,
      ok: () => void,
      failed: () => void,
      token: string,
    ) => {
      assert.ok(mayInject(address), `no permission to inject ${address}`)
      calls.push(['inject', address, token])
      ;(arrives ? ok : failed)()
    },
  }
  const sandbox = {
    require: (name: string) => {
      assert.ok(name in apis, `there is no ${name}`)
      return apis[name]
    },
    data: {
      server,
      site: 'eksempel',
      gtmOnSuccess: called('success'),
      gtmOnFailure: called('failure'),
    },
  }
  runInNewContext(code, sandbox, { contextCodeGeneration: { strings: false } })
  return calls
}

const denied = [
  'default',
  {
    ad_storage: 'denied',
    ad_user_data: 'denied',
    ad_personalization: 'denied',
    analytics_storage: 'denied',
    functionality_storage: 'denied',
    personalization_storage: 'denied',
    security_storage: 'granted',
  },
]
const injected = [
  'inject',
  'https://samtykke.example.no/eksempel.js',
  'https://samtykke.example.no/eksempel.js',
]

test('the file has the sections that Tag Manager imports', () => {
  assert.deepEqual(found, names)
  const info = JSON.parse(section('INFO'))
  assert.equal(info.type, 'TAG')
  assert.deepEqual(info.containerContexts, ['WEB'])
  const fields = JSON.parse(section('TEMPLATE_PARAMETERS')) as {
    name: string
    valueValidators: { type: string; args?: string[] }[]
  }[]
  const rule = (name: string) =>
    RegExp(
      fields.find((field) => field.name === name)?.valueValidators[1]?.args?.[0] ??
        '$^',
    )
  assert.match('samtykke.example.no', rule('server'))
  assert.doesNotMatch('https://samtykke.example.no/x', rule('server'))
  assert.match('eksempel', rule('site'))
  assert.doesNotMatch('../x', rule('site'))
})

test('it keeps to the language of the sandbox and to what it has permission for', () => {
  const bare = code.replace(/\/\/.*|'[^']*'/g, '')
  assert.doesNotMatch(
    bare,
    /\b(new|this|class|async|await|window|document|eval)\b|`|\?\./,
  )
  const used = [...code.matchAll(/require\('(\w+)'\)/g)].map(([, name]) => name).sort()
  assert.deepEqual(used, [
    'injectScript',
    'logToConsole',
    'queryPermission',
    'setDefaultConsentState',
  ])
  assert.deepEqual([...permissions.keys()].sort(), [
    'access_consent',
    'inject_script',
    'logging',
  ])
})

test('it denies everything before it loads the script', () => {
  assert.deepEqual(run('samtykke.example.no', true), [denied, injected, ['success']])
})

test('a script that does not come leaves everything denied', () => {
  assert.deepEqual(run('samtykke.example.no', false), [denied, injected, ['failure']])
})

test('a server that the permission lacks is named', () => {
  const calls = run('samtykke.example.no.evil.example', true)
  assert.deepEqual(
    calls.map(([name]) => name),
    ['default', 'log', 'failure'],
  )
  assert.match(String(calls[1]?.[1]), /samtykke\.example\.no\.evil\.example/)
})
