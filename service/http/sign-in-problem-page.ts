import type { FastifyInstance } from 'fastify'

interface ShownProblem {
  readonly title: string
  readonly detail: string
  readonly requestId: string
}

/** A browser that is on its way through sign-in gets a refusal as a page to read; any other client gets the problem. */
export function problemsAsPages(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isProblem = String(reply.getHeader('content-type')).startsWith('application/problem+json')
    if (!isProblem || typeof payload !== 'string' || !/\btext\/html\b/.test(request.headers.accept ?? '')) {
      done(null, payload)
      return
    }
    void reply.removeHeader('content-length').type('text/html; charset=utf-8')
    done(null, pageOf(JSON.parse(payload) as ShownProblem))
  })
}

function pageOf({ title, detail, requestId }: ShownProblem): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(detail)}</p>`,
    '<p><a href="/auth/login">Sign in again</a> · <a href="/">Back to ChatMRPT</a></p>',
    `<p>Request ${escapeHtml(requestId)}</p>`,
    '</html>',
  ].join('\n')
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
}
