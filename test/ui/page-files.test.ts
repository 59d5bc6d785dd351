import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { makeDist } from '../../build/make-dist.ts'
import { chooseEncoding } from '../../service/http/choose-encoding.ts'
import { readPage } from '../../service/http/page-files.ts'
import { mountPages } from '../../service/http/pages.ts'

const root = join(import.meta.dirname, '../..')
await makeDist(root)
const page = readPage()
const text = (path: string): string => String(page.files.get(path)?.plain)

/** One file as a client gets it, with its bytes as they come. */
async function fetchBytes(
  url: string,
  acceptEncoding?: string,
): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; bytes: Buffer }> {
  const sent = get(url, { headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding } })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return {
    status: response.statusCode,
    headers: response.headers,
    bytes: Buffer.concat((await response.toArray()) as Buffer[]),
  }
}

/** Only the pages, served on a port of their own. */
async function serve(t: Test): Promise<string> {
  const app = Fastify()
  mountPages(app, page)
  t.teardown(async () => app.close())
  return await app.listen({ host: '127.0.0.1', port: 0 })
}

t.test(
  'readPage() holds the page, its script and its styles by their hash, the sample, and no other file',
  async (t) => {
    const paths = [...page.files.keys()].sort()
    t.strictSame(
      paths.map((path) => path.replace(/-[A-Z0-9]{8}\./, '-HASH.')).sort(),
      [
        ...[
          '/',
          '/fr',
          '/ui/app-HASH.js',
          '/ui/app-fr-HASH.js',
          '/ui/styles-HASH.css',
          '/sample/boundaries.zip',
          '/sample/wards.csv',
          '/guide',
        ],
        ...['ask', 'data', 'indicators', 'nets', 'results'].map((name) => `/guide/${name}.png`),
      ].sort(),
    )
    t.strictSame(
      paths.filter((path) => page.files.get(path)?.isImmutable === true),
      paths.filter((path) => path.startsWith('/ui/')),
      'what is named by its content, and nothing else, never changes',
    )
    t.equal(page.files.get('/')?.type, 'text/html; charset=utf-8')
    t.same(
      page.files.get('/sample/boundaries.zip')?.plain,
      await readFile(join(root, 'service/sample/boundaries.zip')),
      'the sample is served byte for byte',
    )
  },
)

t.test('the page holds nothing that a strict content policy refuses, and everything it names is served', async (t) => {
  const html = text('/') + text('/fr') + text('/guide')
  t.notMatch(html, /\sstyle=|<style|\son[a-z]+=|<script>|javascript:/, 'no inline style, script or handler')
  const named = [...html.matchAll(/(?:src|href)="(\/(?:(?:ui|sample|guide)\/[^"]+|guide|fr)?)"/g)].map(
    ([, path = '']) => path,
  )
  t.strictSame(new Set(named), new Set(page.files.keys()))
  for (const path of page.files.keys()) {
    if (!path.endsWith('.js')) continue
    t.notMatch(
      text(path),
      /\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|localStorage|sessionStorage|indexedDB|\.cssText/,
      `${path} writes no markup and keeps nothing`,
    )
    t.notMatch(text(path), /^import |\bimport\(|sourceMappingURL/m, `${path} loads nothing further`)
    for (const [, wanted = ''] of text(path).matchAll(/"(\/sample\/[^"]+)"/g))
      t.ok(page.files.has(wanted), `${path} finds ${wanted}`)
  }
})

t.test('files are served whole, in the encoding that the client takes, and caches learn of it', async (t) => {
  const url = await serve(t)
  for (const [path, { plain, encoded, isImmutable }] of page.files) {
    const [asIs, br, gzip] = await Promise.all([
      fetchBytes(url + path),
      fetchBytes(url + path, 'gzip, deflate, br'),
      fetchBytes(url + path, 'gzip, br;q=0'),
    ])
    const isPacked = /\.(?:zip|png)$/.test(path)
    t.strictSame(
      [asIs, br, gzip].map(({ status, headers }) => [status, headers['content-encoding'], headers.vary]),
      [
        [200, undefined, isPacked ? undefined : 'Accept-Encoding'],
        [200, isPacked ? undefined : 'br', isPacked ? undefined : 'Accept-Encoding'],
        [200, isPacked ? undefined : 'gzip', isPacked ? undefined : 'Accept-Encoding'],
      ],
      path,
    )
    t.ok(asIs.bytes.equals(plain), `${path} as it is`)
    t.equal(asIs.headers['cache-control'], isImmutable ? 'public, max-age=31536000, immutable' : undefined)
    if (isPacked) continue
    t.ok(brotliDecompressSync(br.bytes).equals(plain), `${path} in Brotli`)
    t.ok(gunzipSync(gzip.bytes).equals(plain), `${path} in gzip`)
    t.ok(br.bytes.length < gzip.bytes.length && gzip.bytes.length < plain.length, `${path}: Brotli is smallest`)
    t.strictSame([...encoded.keys()], ['br', 'gzip'])
  }
  for (const path of ['/ui/app.js', '/ui/none.js', '/sample/..%2fpage.json', '/ui/', '/page.json'])
    t.equal((await fetchBytes(url + path)).status, 404, path)
})

t.test('chooseEncoding() reads Accept-Encoding as RFC 9110 says', (t) => {
  const all = ['br', 'gzip'] as const
  for (const [accepted, expected] of [
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip;q=1.0, br;q=0.1', 'br'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *;q=0.3', 'gzip'],
    ['*;q=0', null],
    ['gzip;q=0', null],
    ['zstd, deflate', null],
    ['br ; q=0.000 , gzip ; q=0.001', 'gzip'],
    ['gzip;q=much', null],
  ] as const)
    t.equal(chooseEncoding(accepted, all), expected, accepted ?? 'none')
  t.equal(chooseEncoding('br, gzip', ['gzip']), 'gzip', 'only what the file has')
  t.end()
})
