import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const known = new Map<string, ReadonlySet<string> | undefined>()

/**
 * The properties that a provider takes for a type of resource, as `aws:s3/bucket:Bucket`, from the declarations that
 * are generated from its schema; undefined for a type that no provider here declares.
 */
export function propertiesOf(type: string): ReadonlySet<string> | undefined {
  if (known.has(type)) return known.get(type)
  const [pkg = '', path = ''] = type.split(':')
  const folder = dirname(require.resolve(`@pulumi/${pkg}/package.json`))
  const file = join(folder, `${path.replace('index/', '')}.d.ts`)
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const [, body] = /export interface \w+Args \{\n([\s\S]*?)\n\}/.exec(text) ?? []
  const found =
    body === undefined ? undefined : new Set([...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name = '']) => name))
  known.set(type, found)
  return found
}
