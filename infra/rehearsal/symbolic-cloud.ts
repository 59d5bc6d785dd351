import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { token } from './record.ts'
import type { Json } from './values.ts'

/** What the rehearsal answers for a resource: an id, and its outputs. */
export interface Answer {
  readonly id: string
  readonly outputs: Readonly<Record<string, Json>>
}

export interface Cloud {
  create(type: string, name: string, inputs: Readonly<Record<string, Json>>): Answer
  invoke(token: string, args: Readonly<Record<string, Json>>): Readonly<Record<string, Json>>
}

export const ACCOUNT_ID = '123456789012'

/**
 * A cloud that knows only names: every string output that a resource's class declares is a token of its own. So what
 * the program passes on shows where it came from, and a missing output cannot pass as `undefined`.
 */
export function symbolicCloud(): Cloud {
  const require = createRequire(import.meta.url)
  const declared = new Map<string, readonly string[]>()
  const stringOutputs = (type: string): readonly string[] => {
    const known = declared.get(type)
    if (known !== undefined) return known
    const [pkg = '', path = ''] = type.split(':')
    const text = readFileSync(
      join(
        dirname(require.resolve(`@pulumi/${pkg}/package.json`)),
        pkg === 'random' ? `${path.split('/')[1] ?? ''}.d.ts` : `${path}.d.ts`,
      ),
      'utf8',
    )
    const body = text.slice(text.indexOf('export declare class'), text.indexOf('constructor(name'))
    const names = [...body.matchAll(/readonly (\w+): pulumi\.Output<string(?: \| undefined)?>;/g)].map(
      ([, name = '']) => name,
    )
    declared.set(type, names)
    return names
  }
  return {
    create(type, name, inputs) {
      const symbols = Object.fromEntries(
        stringOutputs(type)
          .filter((output) => inputs[output] === undefined)
          .map((output) => [output, token(type, name, output)]),
      )
      const proof =
        type === 'aws:acm/certificate:Certificate'
          ? {
              domainValidationOptions: [
                {
                  domainName: inputs['domainName'] ?? '',
                  resourceRecordName: token(type, name, 'recordName'),
                  resourceRecordType: 'CNAME',
                  resourceRecordValue: token(type, name, 'recordValue'),
                },
              ],
            }
          : {}
      return { id: token(type, name, 'id'), outputs: { ...inputs, ...symbols, ...proof } }
    },
    invoke(name) {
      if (name === 'aws:index/getCallerIdentity:getCallerIdentity')
        return {
          accountId: ACCOUNT_ID,
          arn: `arn:aws:iam::${ACCOUNT_ID}:user/rehearsal`,
          id: ACCOUNT_ID,
          userId: 'rehearsal',
        }
      throw new RangeError(`Cannot answer ${name}: the rehearsal knows no such function`)
    },
  }
}
