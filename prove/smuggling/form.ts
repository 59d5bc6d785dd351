/**
 * One way to make two readers of a connection disagree about where a request ends. After the place where one of them
 * sees the end, another request is hidden. It would then travel on a connection that other people's requests share.
 */
export interface Form {
  readonly name: string
  /** The bytes of each variant, one character a byte. `hidden` is the request that is hidden in them. */
  readonly variants: (hidden: string, host: string) => readonly string[]
}

/** A request: its lines, each ended by CRLF, an empty line, its body. */
export function request(lines: readonly string[], body = ''): string {
  return `${[...lines, '', ''].join('\r\n')}${body}`
}

/** A body in one chunk, followed by the last chunk. */
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
/** An empty chunked body: to a reader that goes by the length, it is only the beginning of one. */
export const NO_CHUNKS = '0\r\n\r\n'
