// Answer is a page of ours as a document that nothing runs in.
interface Answer {
  ok: boolean
  page: Document | null
}

export const fetched = (address: string, body?: URLSearchParams): Promise<Answer> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open(body === undefined ? 'GET' : 'POST', address)
    request.responseType = 'document'
    request.onload = () =>
      resolve({ ok: request.status === 200, page: request.responseXML })
    request.onerror = () => resolve({ ok: false, page: null })
    request.send(body ?? null)
  })
