import type { IncomingMessage, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../domain/fault.ts'
import { say, type Said } from '../domain/said.ts'
import { PROBLEMS, problemBody, type ProblemSlug } from './errors.ts'

interface UnreadRequests {
  /** For input that Node's parser rejects: there is a connection but no request. */
  readonly onClientError: (error: Error & { readonly code?: string }, socket: Duplex) => void
  /** For an `Expect` header other than `100-continue`. */
  readonly onExpectation: (request: IncomingMessage, response: ServerResponse) => void
  /**
   * Refuses versions other than HTTP/1.0 and 1.1, and more than one `Host`: Node shows the first of two, and a balancer
   * may have used the second. Also refuses HTTP/1.1 without a `Host`, which Node would refuse with a bare reply.
   */
  readonly checkHead: (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void
}

/**
 * Answers input that never reaches a route, with the same body and headers as any other refusal. Node's own replies do
 * not carry a request id and may be cached.
 */
export function unreadRequests(headers: Readonly<Record<string, string>>, nextRequestId: () => string): UnreadRequests {
  const answer = (slug: ProblemSlug, said: Said): { status: number; head: Record<string, string>; body: string } => {
    const requestId = nextRequestId()
    const body = JSON.stringify(problemBody(slug, said, requestId))
    return {
      status: PROBLEMS[slug].status,
      body,
      head: {
        ...headers,
        'x-request-id': requestId,
        'content-type': 'application/problem+json',
        'content-length': String(Buffer.byteLength(body)),
        connection: 'close',
      },
    }
  }
  return {
    onClientError(error, socket) {
      if (error.code === 'ECONNRESET' || socket.destroyed) return
      // Like Node, do not write into a reply that has begun.
      const begun = (socket as { readonly _httpMessage?: ServerResponse | null })._httpMessage?.headersSent === true
      if (socket.writable && !begun) {
        const { status, head, body } = answer(...meaningOf(error.code))
        socket.write(
          `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${Object.entries(head)
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('')}\r\n${body}`,
        )
      }
      socket.destroy(error)
    },
    onExpectation(_request, response) {
      const { status, head, body } = answer('invalid-input', say('expect-not-supported', {}))
      response.writeHead(status, head).end(body)
    },
    checkHead(request, _reply, done) {
      const { httpVersion, rawHeaders } = request.raw
      const hosts = countHosts(rawHeaders)
      if (httpVersion !== '1.1' && httpVersion !== '1.0') done(new Fault('invalid-input', say('send-http-1-1', {})))
      else if (hosts > 1) done(new Fault('invalid-input', say('several-hosts', {})))
      else if (hosts === 0 && httpVersion === '1.1') done(new Fault('invalid-input', say('no-host', {})))
      else done()
    },
  }
}

/** Counts the `Host` headers in a list of alternating names and values. */
function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts
}

function meaningOf(code: string | undefined): [ProblemSlug, Said] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['too-slow', say('request-too-slow', {})]
    case 'HPE_HEADER_OVERFLOW':
      return ['headers-too-large', say('headers-too-large', {})]
    default:
      return ['invalid-input', say('not-http', {})]
  }
}
