import { CHUNKED, chunked, type Form, GET, lengthOf, NO_CHUNKS, POST, request } from './form.ts'

const NAMING = ['', 'close, ', 'keep-alive, ', 'x, ', 'upgrade,', '\t', ',, ']
const twoLengths = (one: string, other: string) => (hidden: string, host: string) =>
  request([POST, host, `Content-Length: ${one}`, `Content-Length: ${other}`], hidden)

/** The two headers that say where a request ends: one removed, doubled or malformed, or both at once. */
export const lengthForms: readonly Form[] = [
  {
    name: 'a length that Connection names',
    variants: (hidden, host) =>
      NAMING.flatMap((names) => [
        request([GET, host, `Connection: ${names}content-length`, lengthOf(hidden)], hidden),
        request([POST, host, `Connection: ${names}Content-Length`, lengthOf(hidden)], hidden),
      ]),
  },
  {
    name: 'a coding that Connection names',
    variants: (hidden, host) =>
      NAMING.flatMap((names) => [
        request([GET, host, `Connection: ${names}transfer-encoding`, CHUNKED], chunked(hidden)),
        request([POST, host, `Connection: ${names}Transfer-Encoding`, CHUNKED], chunked(hidden)),
      ]),
  },
  {
    name: 'a header that another hop-by-hop header names',
    variants: (hidden, host) => [
      ...['Proxy-Connection', 'Keep-Alive', 'TE', 'Trailer', 'Upgrade'].map((header) =>
        request([GET, host, `${header}: content-length`, lengthOf(hidden)], hidden),
      ),
      request([GET, host, 'Connection: close', 'Connection: content-length', lengthOf(hidden)], hidden),
      request([GET, host, 'Connection: host, content-length', lengthOf(hidden)], hidden),
    ],
  },
  {
    name: 'a length, then chunks',
    variants: (hidden, host) => {
      const body = NO_CHUNKS + hidden
      return [POST, GET, 'PUT /api/nowhere HTTP/1.1', 'DELETE /api/nowhere HTTP/1.1'].flatMap((line) => [
        request([line, host, lengthOf(body), CHUNKED], body),
        request([line, host, lengthOf(body), 'transfer-encoding: Chunked'], body),
      ])
    },
  },
  {
    name: 'chunks, then a length',
    variants: (hidden, host) =>
      ['0', '1', '4', '5', '6', String(hidden.length), '99999'].map((length) =>
        request([POST, host, CHUNKED, `Content-Length: ${length}`], chunked(hidden)),
      ),
  },
  {
    name: 'two lengths',
    variants: (hidden, host) => {
      const length = String(hidden.length)
      return [
        ['0', length],
        [length, '0'],
        [length, length],
        ['0', '0'],
        [`0, ${length}`, length],
        [`${length}, 0`, '0'],
        ['', length],
      ].map(([one = '', other = '']) => twoLengths(one, other)(hidden, host))
    },
  },
  {
    name: 'a bent length',
    variants: (hidden, host) => {
      const length = String(hidden.length)
      return ['+', '0x', '-', '00', '0\t', '0,', '\v', '1e0 '].map((bent) =>
        request([POST, host, `Content-Length: ${bent}${length}`], hidden),
      )
    },
  },
]
