import { execFile, execFileSync } from 'node:child_process'
import { request } from 'node:http'
import { createServer } from 'node:https'
import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import t, { type Test } from 'tap'
import { probeCode } from '../../infra/probe.ts'
import { ROOT } from '../../infra/rehearsal/stacks.ts'
import { folder, redis, s3, startService } from '../support/parts.ts'

t.setTimeout(120_000)

/** A self-signed certificate for `localhost` that ends after some days. */
function certificate(t: Test, days: number): { key: string; cert: string } {
  const home = folder(t)
  const [key, cert] = [join(home, 'key.pem'), join(home, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', cert, '-days', String(days), '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost'],
    ],
    { stdio: 'ignore' },
  )
  return { key, cert }
}

/** The entrance of a stack: TLS in front of a service. */
async function door(t: Test, backend: string, days: number): Promise<{ url: string; ca: string }> {
  const { key, cert } = certificate(t, days)
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (from, to) => {
    const onward = request(new URL(from.url ?? '/', backend), { headers: { host: 'localhost' } }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
    })
    onward.on('error', () => to.writeHead(502).end())
    onward.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `https://localhost:${String((server.address() as AddressInfo).port)}`, ca: cert }
}

/** Runs the canary's own file in a process of its own, as Synthetics does: a module with a handler, and variables. */
async function probe(t: Test, url: string, ca?: string): Promise<string> {
  const home = folder(t)
  const code = unzipSync(Buffer.from(probeCode().base64, 'base64'))['nodejs/node_modules/probe.js'] ?? new Uint8Array()
  writeFileSync(join(home, 'probe.js'), code)
  const env = { PROBE_URL: url, ...(ca !== undefined && { NODE_EXTRA_CA_CERTS: ca }) }
  const run =
    "require('./probe.js').handler().then(() => console.log('succeeds'), (error) => console.log(error.message))"
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', run], { cwd: home, env }, (error, stdout) => {
      if (error === null) resolve(stdout.trim())
      else reject(new Error('the canary does not run', { cause: error }))
    })
  })
}

t.test('the canary succeeds on a service that is well, and says what is not', async (t) => {
  const parts = { redis: await redis(t), s3: await s3(t) }
  const service = await startService(t, parts)
  const sound = await door(t, service.url, 90)
  t.equal(await probe(t, sound.url, sound.ca), 'succeeds')
  t.match(await probe(t, sound.url), /self.signed/, 'a certificate that nobody vouches for')
  const old = await door(t, service.url, 7)
  t.match(await probe(t, old.url, old.ca), /the certificate ends in [67]\.\d days/)
  t.match(await probe(t, 'https://name.invalid'), /ENOTFOUND|EAI_AGAIN/, 'a name that leads nowhere')
  await service.process.stop(5_000)
  t.match(await probe(t, sound.url, sound.ca), 'the page answered 502')
})

t.test("the canary's code is the same bytes each time, so that an update sees no change", async (t) => {
  t.strictSame(probeCode(), probeCode())
  const [name = ''] = Object.keys(unzipSync(Buffer.from(probeCode().base64, 'base64')))
  t.equal(name, 'nodejs/node_modules/probe.js')
  t.equal(
    new TextDecoder().decode(unzipSync(Buffer.from(probeCode().base64, 'base64'))[name]),
    readFileSync(join(ROOT, 'infra/probe/probe.cjs'), 'utf8'),
  )
})
