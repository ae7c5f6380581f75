// A certified OpenID provider (the npm package oidc-provider) for tests. Whoever
// is written into its login is logged in. Arguments: the secret of its client, and
// where to send people back to. It writes its issuer on a line, and ends with its
// standard input.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const [secret, back] = process.argv.slice(2)
// GET /later/SECONDS sets its clock forward.
const { now } = Date
let later = 0
Date.now = () => now() + later * 1000

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'samtykke', client_secret: secret, redirect_uris: [back], response_types: ['code'], grant_types: ['authorization_code'], require_auth_time: true }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    // As Entra ID tells them: with the profile, in the ID token itself.
    claims: { openid: ['sub'], profile: ['name', 'email', 'email_verified', 'tid', 'oid'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: id, email: 'kari@example.no', email_verified: true, tid: 'the-tenant', oid: `object of ${id}` }),
    }),
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const [, seconds] = request.url.match(/^\/later\/(\d+)$/) ?? []
    if (seconds) {
      later += Number(seconds)
      response.end()
    } else answer(request, response)
  })
  console.log(issuer)
})
process.stdin.on('end', () => process.exit()).resume()
