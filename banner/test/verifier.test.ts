import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { unprovenAround } from '../verifier/beside.ts'
import { fromBase64, toBase64 } from '../verifier/bytes.ts'
import { type Given, receiptsIn } from '../verifier/json.ts'
import { verify, worstOf } from '../verifier/verify.ts'

const read = (name: string) =>
  readFileSync(new URL(`../testdata/receipts/${name}`, import.meta.url), 'utf8')
const [logKey, witnessKey] = [read('log.pub'), read('witness.pub')]

/** Which step decided, and why. */
const outcome = async (text: string, keys: string) => {
  const { state, decisive } = await verify(text, keys)
  return decisive ? `${state} ${decisive.name} ${decisive.why}` : state
}

for (const name of ['some', 'none', 'witnessed', 'cosigned']) {
  test(`what Go has made holds, and reads the same: ${name}`, async () => {
    const verdict = await verify(read(`${name}.tlog-proof`), logKey)
    assert.deepEqual(
      verdict.steps.map((step) => step.state),
      ['holds', 'holds', 'holds', 'holds', 'holds'],
    )
    assert.equal(verdict.state, 'holds')
    const { receipt, leaf, record } = verdict
    assert(receipt && leaf)
    const { origin, size, root } = receipt.checkpoint
    assert.deepEqual(
      {
        index: receipt.index,
        leaf: toBase64(leaf),
        origin,
        record,
        root: toBase64(root),
        size,
      },
      JSON.parse(read(`${name}.json`)),
    )
  })
}

/** Changes one bit of base64 that stands after a word. */
const flip = (text: string, word: string, at: number) => {
  const start = text.indexOf(word) + word.length
  const end = text.indexOf('\n', start)
  const bytes = fromBase64(text.slice(start, end))
  assert(bytes)
  bytes[at] = (bytes[at] as number) ^ 1
  return text.slice(0, start) + btoa(String.fromCharCode(...bytes)) + text.slice(end)
}

test('each change is found, at its step', async () => {
  const some = read('some.tlog-proof')
  const choice = atob(
    some.slice(some.indexOf('extra ') + 6, some.indexOf('\nindex')),
  ).indexOf('true')
  for (const [changed, want] of [
    [flip(some, 'extra ', 0), 'fails tree root'], // salt
    [flip(some, 'extra ', choice), 'fails tree root'],
    [flip(some, 'extra ', 35), 'fails record cut'], // a length
    [flip(some, 'index 5\n', 3), 'fails tree root'],
    [some.replace('index 5', 'index 4'), 'fails tree root'],
    [some.replace('index 5', 'index 11'), 'fails tree outside'],
    [some.replace('index 5\n', 'index 5\n'.repeat(2)), 'unknown text path'],
    [some.replace(/index 5\n.*\n/, 'index 5\n'), 'fails tree length'],
    [some.replace('2026\n11\n', '2026\n12\n'), 'fails signature forged'],
    [flip(some, '2026\n11\n', 5), 'fails signature forged'], // root
    [
      flip(some, '— samtykke.example.no/consent/gjerdrum/2026 ', 9),
      'fails signature forged',
    ],
    [
      flip(some, '— samtykke.example.no/consent/gjerdrum/2026 ', 1),
      'unknown signature unsigned',
    ],
    [some.replaceAll('/2026', '/2027'), 'unknown key key_origin'],
    [some.replace('/2026\n', '/2027\n'), 'unknown key key_origin'],
    [some.replace('@v1', '@v2'), 'unknown text header'],
    [some.replace('extra ', 'extra  '), 'unknown text extra'],
    [some.replace(/extra .*\n/, ''), 'unknown text extra'],
    [some.replace('index 5', 'index 05'), 'unknown text index'],
    [some.replace('index 5', 'index -5'), 'unknown text index'],
    [some.replace('2026\n11\n', '2026\n011\n'), 'unknown text checkpoint'],
    [some.replace('\n\n', '\n'), 'unknown text path'],
    [some.slice(0, some.indexOf('\n\n') + 1), 'unknown text end'],
    [some.replace('— ', '- '), 'unknown text note'],
    [some.replace('\n\n—', '\n—'), 'unknown text note'],
    [`${some}\n`, 'unknown text note'],
    [some.slice(0, -1), 'unknown text note'],
    ['', 'unknown text header'],
    [`${some}${' '.repeat(200_000)}`, 'unknown text size'],
  ] as const) {
    assert.notEqual(changed, some)
    assert.equal(await outcome(changed, logKey), want)
  }
})

test('no character of a receipt can be changed', async () => {
  const some = read('some.tlog-proof')
  for (let at = 0; at < some.length; at++) {
    for (const other of ['A', '\n', ' ']) {
      if (some[at] === other) continue
      const changed = some.slice(0, at) + other + some.slice(at + 1)
      assert.notEqual((await verify(changed, logKey)).state, 'holds', `at ${at}`)
    }
    const without = some.slice(0, at) + some.slice(at + 1)
    assert.notEqual((await verify(without, logKey)).state, 'holds', `without ${at}`)
  }
})

test('keys are held to their own number, and to the log', async () => {
  const some = read('some.tlog-proof')
  const trimmed = logKey.trim()
  for (const [keys, want] of [
    [`\n  ${trimmed}\n\n${witnessKey}`, 'holds'],
    [witnessKey, 'unknown key key_origin'],
    [trimmed.slice(0, -4), 'unknown key key_id'],
    [trimmed.replace('+03', '+04'), 'unknown key key_id'],
    [trimmed.replace('+036eb059+', '+036EB059+'), 'unknown key key_form'],
    [`${trimmed}=`, 'unknown key key_form'],
    ['a key', 'unknown key key_form'],
    [`PRIVATE+KEY+${trimmed}`, 'unknown key key_private'],
    ['', 'unknown key key_origin'],
  ] as const) {
    assert.equal(await outcome(some, keys), want, keys)
  }
})

test('another key of the same name has not signed', async () => {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const name = 'samtykke.example.no/consent/gjerdrum/2026'
  const bytes = Uint8Array.from([1, ...raw])
  const hash = await crypto.subtle.digest(
    'SHA-256',
    Buffer.concat([Buffer.from(`${name}\n`), bytes]),
  )
  const id = Buffer.from(hash).toString('hex').slice(0, 8)
  const other = `${name}+${id}+${toBase64(bytes)}`
  const some = read('some.tlog-proof')
  assert.equal(await outcome(some, other), 'unknown signature unsigned')
  assert.equal(await outcome(some, `${other}\n${logKey}`), 'holds')
})

test('a witness is left alone without its key, and held to it', async () => {
  const text = read('witnessed.tlog-proof')
  const states = async (keys: string) =>
    (await verify(text, keys)).signatures.map((signed) => signed.state)
  assert.deepEqual(await states(logKey), ['holds', 'unknown'])
  assert.deepEqual(await states(logKey + witnessKey), ['holds', 'holds'])
  const forged = flip(text, '— witness.example.org ', 20)
  assert.equal(await outcome(forged, logKey), 'holds')
  assert.equal(await outcome(forged, logKey + witnessKey), 'fails signature forged')
  // A witness alone proves nothing.
  const alone = text.replace(/— samtykke.*\n/, '')
  assert.equal(await outcome(alone, logKey + witnessKey), 'unknown signature unsigned')
})

test('a browser without Ed25519 never says that it holds', async (t) => {
  const some = read('some.tlog-proof')
  t.mock.method(crypto.subtle, 'importKey', () =>
    Promise.reject(new DOMException('', 'NotSupportedError')),
  )
  assert.equal(await outcome(some, logKey), 'unknown signature ed25519')
  const steps = Object.fromEntries(
    (await verify(some, logKey)).steps.map((step) => [step.name, step.state]),
  )
  assert.equal(steps.tree, 'holds')
  // What fails, fails there too.
  assert.equal(
    await outcome(some.replace('index 5', 'index 4'), logKey),
    'fails tree root',
  )
})

test('a page that may not calculate never says that it holds', async (t) => {
  t.mock.getter(crypto, 'subtle', () => undefined as unknown as SubtleCrypto)
  assert.equal(await outcome(read('some.tlog-proof'), logKey), 'unknown key subtle')
})

const witnessKeys = read('witnesses.pub').trim().split('\n')

test('as many witnesses as are required must have signed', async () => {
  const text = read('cosigned.tlog-proof')
  const [b, c, d] = witnessKeys as [string, string, string]
  const said = async (keys: string[], required?: number) => {
    const verdict = await verify(text, [logKey.trim(), ...keys].join('\n'), required)
    const step = verdict.steps.find((each) => each.name === 'witness')
    return `${verdict.state} ${step?.why ?? ''} ${step?.about.count}/${step?.about.all}`
  }
  assert.equal(await said([b, c, d]), 'holds  2/3')
  assert.equal(await said([b, c, d], 1), 'holds  2/3')
  assert.equal(await said([b, c, d], 3), 'fails unwitnessed 2/3')
  assert.equal(await said([b, c]), 'fails unwitnessed 1/2')
  assert.equal(await said([c]), 'fails unwitnessed 0/1')
  assert.equal(await said([d]), 'holds  1/1')
  assert.equal(await said([b, d, b], 3), 'unknown witness_twice undefined/undefined')
  assert.equal(await said([b], 2), 'unknown quorum undefined/1')
  assert.equal(await said([b], 0), 'unknown quorum undefined/1')
})

test('a cosignature that was changed is none', async () => {
  const text = read('cosigned.tlog-proof')
  const keys = `${logKey}${witnessKeys[0]}\n`
  for (const at of [4, 11, 12, 40]) {
    const changed = flip(text, '— b.example.no/witness ', at)
    assert.equal(await outcome(changed, keys), 'fails signature forged', `at ${at}`)
  }
  const other = flip(text, '— b.example.no/witness ', 1) // of another key
  assert.equal(await outcome(other, keys), 'fails witness unwitnessed')
  const renamed = text.replace('— b.example.no/witness', '— e.example.no/witness')
  assert.equal(await outcome(renamed, keys), 'fails witness unwitnessed')
  const without = text.replace(/— b\.example.*\n/, '')
  assert.equal(await outcome(without, keys), 'fails witness unwitnessed')
  assert.equal(await outcome(without, logKey), 'holds')
})

test('the JSON that visitors keep gives each of its proofs', async () => {
  const proofs = ['some', 'none'].map((name) => read(`${name}.tlog-proof`))
  const kept = JSON.stringify({ decisions: proofs.map((proof) => ({ proof })) })
  assert.deepEqual(
    receiptsIn(kept)?.map(({ proof }) => proof),
    proofs,
  )
  const states = async (text: string) => {
    const verdicts = await Promise.all(
      (receiptsIn(text) ?? []).map(({ proof, said }) =>
        verify(proof, logKey, undefined, said),
      ),
    )
    return [worstOf(verdicts)?.state, ...verdicts.map(({ state }) => state)]
  }
  assert.deepEqual(await states(kept), ['holds', 'holds', 'holds'])
  assert.deepEqual(await states(kept.replace('index 5', 'index 4')), [
    'fails',
    'fails',
    'holds',
  ])
})

test('what stands beside a proof must say what it proves', async () => {
  const proof = read('some.tlog-proof')
  const { receipt, record } = await verify(proof, logKey)
  assert(receipt && record)
  const said = {
    ledger: receipt.checkpoint.origin,
    index: receipt.index,
    id: record.id,
    site: record.site,
    time: new Date(record.time).toISOString(),
    notice: record.notice,
    notice_hash: record.noticeHash,
    bundle: record.bundle,
    bundle_hash: record.bundleHash,
    state: record.state,
    method: record.method,
    layer: record.layer,
    language: record.language,
    choice: JSON.parse(record.choice),
    gpc: record.gpc,
    skew_seconds: record.skew,
    visitor: record.visitor || null,
    previous: record.previous || null,
  }
  const told = async (said: object) => {
    const [given] =
      receiptsIn(JSON.stringify({ decisions: [{ proof, ...said }] })) ?? []
    const { state, decisive, steps } = await verify(
      given?.proof ?? '',
      logKey,
      undefined,
      given?.said,
    )
    return [state, decisive?.why ?? steps.at(-1)?.about.others]
  }
  const turned = { services: said.choice.services, categories: said.choice.categories }
  assert.deepEqual(await told({ ...said, choice: turned }), ['holds', '–'])
  assert.deepEqual(await told({ ...said, frozen: true, toString: 1 }), [
    'holds',
    'frozen, toString',
  ])
  for (const name of Object.keys(said)) {
    for (const other of ['refused', 4, { categories: {} }]) {
      assert.deepEqual(
        await told({ ...said, [name]: other }),
        ['fails', 'beside'],
        name,
      )
    }
  }
})

/** What the page says of a file. */
const judgedFile = async (text: string) => {
  const given: Given[] = receiptsIn(text) ?? [{ proof: text }]
  const verdicts = await Promise.all(
    given.map(({ proof, said, around }) =>
      verify(proof, logKey, undefined, said, around),
    ),
  )
  const worst = worstOf(verdicts)
  const records = verdicts.flatMap(({ record }) => record ?? [])
  return [
    worst?.state,
    worst?.decisive?.why ?? unprovenAround(given[0]?.around ?? {}, records).join(', '),
  ]
}

test('a file that two readers read in two ways is refused', async () => {
  const proof = JSON.stringify(read('some.tlog-proof'))
  const one = (said: string) => `[{"proof":${proof},${said}}]`
  const truth = one('"state":"partly_given"')
  const lie = one('"state":"refused"')
  for (const text of [
    `{"decisions":${lie},"DECISIONS":${truth}}`,
    `{"decisions":${lie},"decisions":${truth}}`,
    `{"decisions":${one('"state":"refused","state":"partly_given"')}}`,
    `{"decisions":${one('"\\u0073tate":"refused","state":"partly_given"')}}`,
    `{"decisions":${one('"State":"refused"')}}`,
    `{"decisions":${one('"\u017ftate":"refused"')}}`,
    `{"decisions":${truth},"x":[{"y":{"a":1,"A" :2}}]}`,
  ]) {
    assert.deepEqual(await judgedFile(text), ['fails', 'twice'], text.slice(-60))
  }
  const quoted = String.raw`{"decisions":${truth},"x":"{\"x\":1,\"x\":","X y":["a","a",{"a":1}]}`
  assert.deepEqual(await judgedFile(quoted), ['holds', 'x, X y'])
})

test('what follows from the choice is checked, and the rest is named', async () => {
  const proof = read('some.tlog-proof')
  const { record } = await verify(proof, logKey)
  assert(record)
  const answers = [
    { key: 'functional', name: { text: 'Funksjon' }, granted: true },
    { key: 'marketing', granted: false },
    { key: 'statistics', granted: true },
    { key: 'marketing/youtube', granted: true },
  ]
  const notices = [{ number: 3, hash: record.noticeHash, categories: [] }]
  const file = (said: object, around: object) =>
    judgedFile(JSON.stringify({ decisions: [{ proof, ...said }], ...around }))
  assert.deepEqual(await file({ answers }, { site: 'gjerdrum', notices, items: [] }), [
    'holds',
    'notices[].categories, items',
  ])
  const [first, ...others] = answers
  for (const lie of [[{ ...first, granted: false }, ...others], others, {}, null]) {
    assert.deepEqual(await file({ answers: lie }, {}), ['fails', 'beside'])
  }
  const zeros = [{ number: 3, hash: '0'.repeat(64) }]
  assert.deepEqual(await file({}, { notices: zeros }), ['fails', 'beside'])
  assert.deepEqual(await file({}, { site: 'nannestad' }), ['fails', 'beside'])
  assert.deepEqual(await file({}, { notices: [{ number: 4, hash: '0' }] }), [
    'holds',
    'notices[0]',
  ])
})

test('the answer to a decision is told from other JSON', async () => {
  const id = '019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b'
  const log = { origin: 'o', index: 1, salt: '', checkpoint: 'o\n2\n' }
  const answer = JSON.stringify({ id, site: 'gjerdrum', log })
  assert.equal(await outcome(answer, logKey), 'unknown text answered')
  assert.equal(
    await outcome(`${answer}${' '.repeat(200_000)}`, logKey),
    'unknown text answered',
  )
})

test('a decision without its proof is not passed over', async () => {
  const proof = read('some.tlog-proof')
  const given = receiptsIn(
    JSON.stringify({ decisions: [{ proof }, { state: 'given' }] }),
  )
  assert.deepEqual(
    given?.map(({ proof }) => proof !== ''),
    [true, false],
  )
})

test('JSON without a proof is no receipt, and nothing is said against it', async () => {
  const answer = '{"id":"019ab000-0000-7000-8000-000000000001","state":"given"}'
  for (const text of [answer, '{"decisions":[{}]}', '{"decisions":[null]}', '[1]']) {
    assert.equal(receiptsIn(text), undefined)
    assert.equal(await outcome(text, logKey), 'unknown text json')
  }
})
