/**
 * One way to make two readers of a connection disagree about where a request ends. Behind the place where one of them
 * sees its end hides another request, which then rides on a connection that other people's requests share.
 */
export interface Form {
  readonly name: string
  /** The bytes of each variant, one character a byte. `hidden` is the request that hides in them. */
  readonly variants: (hidden: string, host: string) => readonly string[]
}

/** A request: its lines, each ended by CRLF, an empty line, its body. */
export function request(lines: readonly string[], body = ''): string {
  return `${[...lines, '', ''].join('\r\n')}${body}`
}

/** A body in one chunk, with the last chunk behind it. */
export function chunked(body: string): string {
  return `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
}

/** The length header of a body. */
export function lengthOf(body: string): string {
  return `Content-Length: ${String(body.length)}`
}

export const GET = 'GET /livez HTTP/1.1'
export const POST = 'POST /api/nowhere HTTP/1.1'
export const CHUNKED = 'Transfer-Encoding: chunked'
/** An empty chunked body: for a reader who goes by the length, only the beginning of one. */
export const NO_CHUNKS = '0\r\n\r\n'
