import { CHUNKED, chunked, type Form, GET, lengthOf, NO_CHUNKS, POST, request } from './form.ts'

/**
 * Chunked for one reader, but not for another, which goes by the length: as the whole body, and as an empty beginning.
 */
const withHeader = (hidden: string, host: string, headers: readonly string[]): string[] => {
  const body = NO_CHUNKS + hidden
  return headers.map((header) => request([POST, host, lengthOf(body), header], body))
}

/** Codings that do not exist, headers that are nearly a coding header, and chunks that are not what they say. */
export const codingForms: readonly Form[] = [
  {
    name: 'a coding that is none',
    variants: (hidden, host) =>
      withHeader(
        hidden,
        host,
        [
          'xchunked',
          'chunkedx',
          'chunked, identity',
          'identity, chunked',
          'gzip, chunked',
          '"chunked"',
          'chunked;q=1',
        ].map((coding) => `Transfer-Encoding: ${coding}`),
      ),
  },
  {
    name: 'a coding by a bent header',
    variants: (hidden, host) =>
      withHeader(hidden, host, [
        'Transfer-Encoding : chunked',
        ' Transfer-Encoding: chunked',
        'Transfer-Encoding:\vchunked',
        'Transfer-Encoding\0: chunked',
        'Transfer_Encoding: chunked',
        'X: y\nTransfer-Encoding: chunked',
        'X: y\rTransfer-Encoding: chunked',
        'Transfer-Encoding: x\r\nTransfer-Encoding: chunked',
      ]),
  },
  {
    name: 'a folded header',
    variants: (hidden, host) => [
      ...withHeader(hidden, host, [
        'Transfer-Encoding:\r\n chunked',
        'Transfer-Encoding:\r\n\tchunked',
        'Transfer-Encoding: \r\n\r chunked',
        'X: y\r\n Transfer-Encoding: chunked',
      ]),
      request([POST, host, `Content-Length:\r\n ${String(hidden.length)}`], hidden),
      request([POST, host, `X: y\r\n\tContent-Length: ${String(hidden.length)}`], hidden),
      request([GET, `${host}\r\n elsewhere`, lengthOf(hidden)], hidden),
    ],
  },
  {
    name: 'a chunk with an extension',
    variants: (hidden, host) => {
      const size = hidden.length.toString(16)
      return [
        `0;a=b\r\n\r\n${hidden}`,
        `0;a="\r\n\r\n"\r\n\r\n${hidden}`,
        `0;\n\r\n${hidden}`,
        `2;\nxx\r\n${size}\r\n${hidden}\r\n0\r\n\r\n`,
        `${size};a=${'b'.repeat(5_000)}\r\n${hidden}\r\n0\r\n\r\n`,
        `${size} ;a\r\n${hidden}\r\n0\r\n\r\n`,
        `0;a\rb\r\n\r\n${hidden}`,
      ].map((body) => request([POST, host, CHUNKED], body))
    },
  },
  {
    name: 'a bent chunk',
    variants: (hidden, host) => {
      const size = hidden.length.toString(16)
      return [
        `0x${size}\r\n${hidden}\r\n0\r\n\r\n`,
        `+${size}\r\n${hidden}\r\n0\r\n\r\n`,
        `-1\r\n${hidden}\r\n0\r\n\r\n`,
        `ffffffffffffffff${size}\r\n${hidden}\r\n0\r\n\r\n`,
        `${size}\n${hidden}\n0\n\n`,
        `${size}\r\n${hidden}0\r\n\r\n`,
        `1\r\nab\r\n0\r\n\r\n${hidden}`,
        `0\r\r\n\r\n${hidden}`,
      ].map((body) => request([POST, host, CHUNKED], body))
    },
  },
  {
    name: 'trailers',
    variants: (hidden, host) =>
      [
        'Content-Length: 0',
        lengthOf(hidden),
        'Host: elsewhere',
        CHUNKED,
        'X: y\n',
        ' folded',
        'Connection: content-length',
      ].map((trailer) =>
        request([POST, host, CHUNKED, 'Trailer: Content-Length', 'TE: trailers'], `0\r\n${trailer}\r\n\r\n${hidden}`),
      ),
  },
  {
    name: 'an expectation',
    variants: (hidden, host) => [
      ...['100-continue', '100-Continue, x', 'cake', '', '100-continue\r\nExpect: 100-continue'].map((expected) =>
        request([POST, host, `Expect: ${expected}`, lengthOf(hidden)], hidden),
      ),
      request([GET, host, 'Expect: 100-continue', lengthOf(hidden)], hidden),
      request([POST, host, 'Expect: 100-continue', CHUNKED], chunked(hidden)),
    ],
  },
]
