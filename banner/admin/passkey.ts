// Forms that ask for a passkey: data-passkey says whether one is made or used, and
// data-options what the server asks for. They are hidden until a script runs in a
// browser that has passkeys.

type Ask = (options: unknown) => Promise<Credential | null>

const asks: Record<string, Ask> = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: opened(options) as PublicKeyCredentialCreationOptions,
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: opened(options) as PublicKeyCredentialRequestOptions,
    }),
}

export const passkeys = (page: Document): void => {
  if (!window.PublicKeyCredential) {
    for (const note of page.querySelectorAll<HTMLElement>('[data-no-passkeys]')) {
      note.hidden = false
    }
    return
  }
  for (const form of page.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      send(form).catch(() => failed(form, true))
    })
  }
}

const send = async (form: HTMLFormElement): Promise<void> => {
  failed(form, false)
  const ask = asks[form.dataset.passkey ?? '']
  const field = form.elements.namedItem('credential')
  const credential = await ask?.(JSON.parse(form.dataset.options ?? '{}'))
  if (
    !(credential instanceof PublicKeyCredential) ||
    !(field instanceof HTMLInputElement)
  ) {
    return failed(form, true)
  }
  field.value = JSON.stringify(closed(credential))
  form.submit()
}

const failed = (form: HTMLFormElement, shown: boolean): void => {
  const note = form.querySelector<HTMLElement>('[data-failed]')
  if (note) {
    note.hidden = !shown
  }
}

/** The members of WebAuthn's options that are bytes, written as base64url. */
const bytes = new Set(['challenge', 'id'])

const opened = (value: unknown, name = ''): unknown => {
  if (typeof value === 'string') {
    return bytes.has(name) ? fromText(value) : value
  }
  if (Array.isArray(value)) {
    return value.map((each) => opened(each))
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        key === 'rp' ? each : opened(each, key),
      ]),
    )
  }
  return value
}

/** What the server reads of a credential. */
const closed = (credential: PublicKeyCredential): unknown => {
  const answer = credential.response
  const response: Record<string, unknown> = {
    clientDataJSON: toText(answer.clientDataJSON),
  }
  if (answer instanceof AuthenticatorAttestationResponse) {
    response.attestationObject = toText(answer.attestationObject)
    response.transports = answer.getTransports?.() ?? []
  }
  if (answer instanceof AuthenticatorAssertionResponse) {
    response.authenticatorData = toText(answer.authenticatorData)
    response.signature = toText(answer.signature)
    response.userHandle = answer.userHandle ? toText(answer.userHandle) : undefined
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  }
}

const fromText = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) =>
    letter.charCodeAt(0),
  )

const toText = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
