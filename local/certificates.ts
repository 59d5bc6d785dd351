import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.ts'

/** A certificate authority made for one run, and a server certificate it signed for 127.0.0.1 and localhost. */
export interface Certificates {
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
  /** The authority's certificate as PEM text. */
  readonly ca: string
}

/** Makes the authority and the server certificate in `folder`, valid for 30 days. Needs openssl 3. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = (name: string): string => join(folder, name)
  const newKey = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
  await run('openssl', [...newKey, '-keyout', file('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=ChatMRPT local authority',
    '-addext', 'keyUsage=critical,keyCertSign'])
  await run('openssl', [...newKey, '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-keyout', file('server.key'), '-out', file('server.pem'),
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE',
    '-addext', 'keyUsage=critical,digitalSignature'])
  return { caFile: file('ca.pem'), certFile: file('server.pem'), keyFile: file('server.key'), ca: readFileSync(file('ca.pem'), 'utf8') }
}
