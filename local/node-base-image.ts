import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './child.ts'

/** The base image of the Dockerfile. */
const baseImage = 'docker.io/library/node:24-bookworm-slim'

/**
 * Makes sure that podman has the Dockerfile's base image: it uses the image from an earlier run, or pulls it. When no
 * image registry can be reached, it makes a substitute of the same shape from Debian packages and the Node that runs
 * this (root only).
 */
export async function provideBaseImage(say: (line: string) => void): Promise<void> {
  if (await succeeds('podman', ['image', 'exists', baseImage])) return
  const work = mkdtempSync(join(tmpdir(), 'chatmrpt-base-'))
  try {
    const policy = signaturePolicy(work)
    if (await succeeds('podman', ['pull', '-q', '--signature-policy', policy, baseImage], 60_000)) return
    say(`${baseImage} cannot be pulled: making a stand-in from Debian packages (about a minute)`)
    await makeStandIn(work, policy)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** A policy file for podman, which does not work without one. The bare packages do not install one. */
export function signaturePolicy(folder: string): string {
  const file = join(folder, 'policy.json')
  writeFileSync(file, '{"default":[{"type":"insecureAcceptAnything"}]}')
  return file
}

async function makeStandIn(work: string, policy: string): Promise<void> {
  if (!process.version.startsWith('v24.'))
    throw new Error(`Cannot make ${baseImage} with Node ${process.version}: run this through npm, which brings Node 24`)
  const file = (name: string): string => join(work, name)
  await run('mmdebstrap', [
    '--quiet',
    '--variant=minbase',
    '--include=ca-certificates',
    'bookworm',
    file('base.tar'),
    debianMirror(),
  ])
  mkdirSync(file('npm'))
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', file('npm'), 'npm@11'])
  copyFileSync(process.execPath, file('node'))
  // When this machine trusts an authority of its own network, the image must trust it too.
  copyFileSync('/etc/ssl/certs/ca-certificates.crt', file('ca-certificates.crt'))
  writeFileSync(
    file('Containerfile'),
    `FROM scratch
ADD base.tar /
COPY node /usr/local/bin/node
COPY npm/node_modules/npm /usr/local/lib/node_modules/npm
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
  && groupadd -g 1000 node \\
  && useradd -u 1000 -g node -m -s /bin/bash node
ENV NODE_VERSION=${process.versions.node} NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
`,
  )
  await run('podman', [
    'build',
    '-q',
    '--isolation=chroot',
    '--network',
    'host',
    '--signature-policy',
    policy,
    '-f',
    file('Containerfile'),
    '-t',
    baseImage,
    work,
  ])
}

/** The Debian mirror that this machine's apt uses. */
function debianMirror(): string {
  const sources = ['/etc/apt/sources.list', ...globSync('/etc/apt/sources.list.d/*')]
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
  const active = sources
    .join('\n')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
  return (
    active.map((line) => /https?:\/\/\S+\/debian\/?(?=\s|$)/.exec(line)?.[0]).find((url) => url !== undefined) ??
    'http://deb.debian.org/debian'
  )
}

async function succeeds(command: string, args: readonly string[], timeoutMs?: number): Promise<boolean> {
  return await run(command, args, timeoutMs === undefined ? {} : { timeoutMs }).then(
    () => true,
    () => false,
  )
}
