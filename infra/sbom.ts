import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package as the lock file has it. */
interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
}

const ALGORITHMS: Readonly<Record<string, string>> = { sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' }

/**
 * The bill of materials of the service's image, as CycloneDX 1.5: every package that `npm ci --omit=dev
 * --omit=optional` installs, with its hash. It is made from the lock file, since a bundle does not show its packages;
 * and not by `npm sbom`, which leaves out packages that a development tool needs as well (npm 11).
 * @see https://cyclonedx.org/docs/1.5/json/
 */
export function billOfMaterials(lock: { readonly packages: Readonly<Record<string, Locked>> }): object {
  const components = Object.entries(lock.packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !(dev ?? optional ?? devOptional ?? false))
    .map(([path, { version, integrity = '', license }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const [algorithm = '', hash = ''] = integrity.split('-', 2)
      const alg = ALGORITHMS[algorithm]
      if (alg === undefined) throw new RangeError(`Cannot list ${name}: the lock file has no hash of it`)
      const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
      return {
        type: 'library',
        'bom-ref': `${purl}#${path}`,
        name,
        version,
        purl,
        hashes: [{ alg, content: Buffer.from(hash, 'base64').toString('hex') }],
        ...(license !== undefined && { licenses: [{ license: { name: license } }] }),
      }
    })
  return { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components }
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>
  }
  console.log(JSON.stringify(billOfMaterials(lock), undefined, 2))
}
