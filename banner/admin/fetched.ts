// Answer is a page of ours as a document that nothing runs in.
interface Answer {
  ok: boolean
  page: Document | null
}

export const fetched = (address: string, body?: URLSearchParams): Promise<Answer> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open(body ? 'POST' : 'GET', address)
    request.responseType = 'document'
    request.onloadend = () =>
      resolve({ ok: request.status === 200, page: request.responseXML })
    request.send(body)
  })
