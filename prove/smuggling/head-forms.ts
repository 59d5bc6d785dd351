import { chunked, type Form, GET, lengthOf, POST, request } from './form.ts'

/** Heads that two readers may end, split or route differently. */
export const headForms: readonly Form[] = [
  {
    name: 'lines that end in LF alone',
    variants: (hidden, host) => [
      `GET /livez HTTP/1.1\n${host}\n\n${hidden}`,
      `GET /livez HTTP/1.1\r\n${host}\n\r\n${hidden}`,
      `GET /livez HTTP/1.1\r\n${host}\r\n\n${hidden}`,
      `GET /livez HTTP/1.1\n${host}\n${lengthOf(hidden)}\n\n${hidden}`,
      `GET /livez HTTP/1.1\r\n${host}\r\nX: y\n\n${hidden}`,
      `GET /livez HTTP/1.1\r${host}\r\r${hidden}`,
      `POST /api/nowhere HTTP/1.1\r\n${host}\r\nX: y\n${lengthOf(hidden)}\r\n\r\n${hidden}`,
    ],
  },
  {
    name: 'control bytes',
    variants: (hidden, host) => [
      ...['\0', '\x01', '\x0b', '\x0c', '\x7f', '\xa0'].map((byte) =>
        request([GET, host, `X: a${byte}b`, `Content-Length${byte}: 0`, lengthOf(hidden)], hidden),
      ),
      request([`GET /livez\0 HTTP/1.1`, host, lengthOf(hidden)], hidden),
      request([GET, host, `X: \0\r\n\r\n${hidden}`]),
    ],
  },
  {
    name: 'an upgrade',
    variants: (hidden, host) => [
      ...['websocket', 'h2c', 'TLS/1.0', 'websocket, h2c'].map((protocol) =>
        request(
          [
            GET,
            host,
            'Connection: Upgrade, HTTP2-Settings',
            `Upgrade: ${protocol}`,
            'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
            'Sec-WebSocket-Version: 13',
            'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
          ],
          hidden,
        ),
      ),
      request([GET, host, 'Connection: Upgrade', 'Upgrade: websocket', lengthOf(hidden)], hidden),
      request([POST, host, 'Connection: Upgrade, content-length', 'Upgrade: x', lengthOf(hidden)], hidden),
      request(['CONNECT localhost:80 HTTP/1.1', host], hidden),
    ],
  },
  {
    name: 'an address in absolute form',
    variants: (hidden, host) => [
      ...['http://elsewhere/livez', 'http://localhost/livez', 'https://localhost/livez', '//localhost/livez'].map(
        (address) => request([`GET ${address} HTTP/1.1`, host, lengthOf(hidden)], hidden),
      ),
      request(['GET /livez HTTP/1.1 HTTP/1.1', host, lengthOf(hidden)], hidden),
      request([`GET /livez?${encodeURI(hidden)} HTTP/1.1`, host]),
      request(['OPTIONS * HTTP/1.1', host, lengthOf(hidden)], hidden),
    ],
  },
  {
    name: 'two Host headers',
    variants: (hidden, host) => [
      ...[host, 'Host: elsewhere', 'host:', ' Host: elsewhere', 'Host : elsewhere'].map((second) =>
        request([GET, host, second, lengthOf(hidden)], hidden),
      ),
      request([GET, 'Host: elsewhere', host, 'Connection: host, content-length', lengthOf(hidden)], hidden),
      request([GET, lengthOf(hidden)], hidden),
    ],
  },
  {
    name: 'another version',
    variants: (hidden, host) => [
      `GET /livez\r\n${hidden}`,
      `GET /livez\r\n\r\n${hidden}`,
      ...['HTTP/1.0', 'HTTP/1.2', 'HTTP/2.0', 'HTTP/0.9', 'http/1.1'].map((version) =>
        request([`POST /api/nowhere ${version}`, host, 'Connection: keep-alive', lengthOf(hidden)], hidden),
      ),
      request(['POST /api/nowhere HTTP/1.0', host, 'Transfer-Encoding: chunked'], chunked(hidden)),
      `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
    ],
  },
  {
    name: 'one request behind another',
    variants: (hidden, host) => [
      ...['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE'].map((method) =>
        request([`${method} /livez HTTP/1.1`, host], hidden),
      ),
      request([GET, host]).repeat(10) + hidden,
      request([POST, host, 'Content-Length: 0'], hidden),
    ],
  },
]
