import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './child.ts'

interface Part {
  readonly packages: readonly string[]
  readonly programs: readonly string[]
  /** Where the part lies, when it is not a program. */
  readonly folder?: string
  /** What makes the part unnecessary. */
  readonly instead?: string
}

const GIVEN_SERVERS = 'REDIS_URL=... and S3_ENDPOINT=... of servers that you have (see docs/running.md)'

/**
 * What each part of the stack and of the tests needs: Debian packages, and the programs or the folder that show that
 * they are installed.
 */
const parts = {
  Redis: {
    packages: ['redis-server', 'openssl'],
    programs: ['redis-server', 'openssl'],
    instead: GIVEN_SERVERS,
  },
  'S3 gateway': {
    packages: ['ceph-mon', 'ceph-osd', 'radosgw'],
    programs: ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph', 'monmaptool'],
    instead: GIVEN_SERVERS,
  },
  balancer: { packages: ['haproxy'], programs: ['haproxy'], instead: 'npm start without --tasks: one task needs none' },
  browser: { packages: ['chromium', 'fonts-dejavu-core'], programs: ['chromium'] },
  // A benchmark compares with it.
  Flask: {
    packages: ['gunicorn', 'python3-flask', 'python3-flask-session', 'python3-redis'],
    programs: ['gunicorn'],
  },
  'container tools': {
    packages: ['podman', 'buildah', 'runc', 'catatonit', 'netavark', 'mmdebstrap', 'ca-certificates'],
    programs: ['podman', 'runc', 'mmdebstrap'],
  },
  'AWS service models': {
    packages: ['python3-botocore'],
    programs: [],
    folder: '/usr/lib/python3/dist-packages/botocore/data',
  },
} as const satisfies Readonly<Record<string, Part>>

export type PartName = keyof typeof parts

/**
 * Makes sure that the named parts are on this machine. Missing parts are installed with apt, announced in one line,
 * when that is possible (root on Debian or Ubuntu). Otherwise it rejects and says what to install and which
 * alternatives there are.
 */
export async function installParts(names: readonly PartName[], say: (line: string) => void): Promise<void> {
  const missing = names.filter((name) => !isInstalled(parts[name]))
  if (missing.length === 0) return
  const packages = missing.flatMap((name) => parts[name].packages)
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) {
    throw new Error(
      [
        `Cannot find ${missing.join(' and ')} on this machine, and cannot install without being root on Debian or ` +
          'Ubuntu. Either of these would do:',
        `  sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
        ...insteadOf(missing).map((line) => `  ${line}`),
      ].join('\n'),
    )
  }
  say(`installing ${missing.join(', ')}: apt-get install --no-install-recommends ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const lock = ['-o', 'DPkg::Lock::Timeout=300']
  await run('apt-get', [...lock, 'update', '-qq'], { env })
  await run('apt-get', [...lock, 'install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
}

function isInstalled({ programs, folder }: Part): boolean {
  return programs.every((program) => findProgram(program) !== undefined) && (folder === undefined || existsSync(folder))
}

function insteadOf(names: readonly PartName[]): readonly string[] {
  return [...new Set(names.flatMap((name) => (parts[name] as Part).instead ?? []))]
}

/**
 * The path of a program, or undefined when PATH (and the system folders that a plain user's PATH lacks) does not have
 * it.
 */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
