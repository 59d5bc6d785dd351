import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.ts'

/** A certificate authority made for one run. */
export interface Authority {
  readonly caFile: string
  readonly caKeyFile: string
  /** The authority's certificate as PEM text. */
  readonly ca: string
}

/** A server certificate, and the authority that signed it. */
export interface Certificates extends Authority {
  readonly certFile: string
  readonly keyFile: string
}

const newKey = [
  'req',
  '-x509',
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-days',
  '30',
] as const

/** Makes an authority and a certificate for 127.0.0.1 and localhost in `folder`, valid for 30 days. Needs openssl 3. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [caFile, caKeyFile] = [join(folder, 'ca.pem'), join(folder, 'ca.key')]
  await run('openssl', [
    ...newKey,
    '-keyout',
    caKeyFile,
    '-out',
    caFile,
    '-subj',
    '/CN=ChatMRPT local authority',
    '-addext',
    'keyUsage=critical,keyCertSign',
  ])
  return await certify(folder, { caFile, caKeyFile, ca: readFileSync(caFile, 'utf8') }, 'IP:127.0.0.1,DNS:localhost')
}

/**
 * Makes a server certificate in `folder`.
 * @param names the hosts it is for, as openssl writes them: `IP:127.0.0.1,DNS:localhost`
 */
export async function certify(folder: string, authority: Authority, names: string): Promise<Certificates> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [certFile, keyFile] = [join(folder, 'server.pem'), join(folder, 'server.key')]
  await run('openssl', [
    ...newKey,
    '-CA',
    authority.caFile,
    '-CAkey',
    authority.caKeyFile,
    '-keyout',
    keyFile,
    '-out',
    certFile,
    '-subj',
    '/CN=localhost',
    '-addext',
    `subjectAltName=${names}`,
    '-addext',
    'basicConstraints=critical,CA:FALSE',
    '-addext',
    'keyUsage=critical,digitalSignature',
  ])
  return { ...authority, certFile, keyFile }
}
