import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import Provider, { type JWK } from 'oidc-provider'
import { choosePage, signOutPage } from './choose-page.ts'
import { findPerson, INVENTED_PEOPLE } from './people.ts'
import type { ProviderSettings } from './settings.ts'

/** A sign-in provider for one machine: invented people, no passwords, everything in memory, keys made at its start. */
export function createProvider(settings: ProviderSettings): Server {
  const { issuer, clientId, clientSecret, publicUrl } = settings
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`${publicUrl}/auth/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        backchannel_logout_uri: `${publicUrl}/auth/backchannel-logout`,
        backchannel_logout_session_required: true,
        require_auth_time: true,
      },
    ],
    jwks: { keys: [{ ...signingKey(), kid: randomBytes(6).toString('hex'), alg: 'RS256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'name'] },
    // The service reads the name from the ID token.
    conformIdTokenClaims: false,
    findAccount: (_ctx, accountId) => {
      const person = findPerson(accountId)
      if (person === undefined) return undefined
      const claims = { sub: person.id, name: person.name, email: `${person.id}@invented.example` }
      return { accountId, claims: () => claims }
    },
    // Nobody is asked for consent: the one client is this machine's service.
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc
      if (client === undefined || session?.accountId === undefined) return undefined
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form)
        },
      },
    },
    // The provider keeps its requests from addresses such as loopback, where the service is.
    fetch: (url, options) => {
      const { dispatcher: _, ...rest } = { dispatcher: undefined, ...options }
      return fetch(url, rest)
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 86_400, IdToken: 300, Interaction: 600, Session: 86_400 },
  })

  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { uid } = await provider.interactionDetails(request, response)
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(choosePage(uid, INVENTED_PEOPLE))
      return
    }
    const accountId = new URLSearchParams(await text(request)).get('person') ?? ''
    await provider.interactionFinished(request, response, { login: { accountId } })
  }
  const serve = provider.callback()
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.startsWith('/interaction/') !== true) {
      void serve(request, response)
      return
    }
    interact(request, response).catch(() => {
      response.writeHead(400).end('This sign-in is over. Begin again at the service.')
    })
  }
  return createServer(answer)
}

function signingKey(): JWK {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
}
