import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type ScalarTag, type CollectionTag } from 'yaml'
import type { Stage } from '../settings.ts'
import type { Recorded } from './record.ts'
import { ACCOUNT_ID } from './symbolic-cloud.ts'
import type { Json } from './values.ts'

/** The repository that the rehearsal takes for the guide's `<owner>/<name>`. */
export const REPOSITORY = { plain: 'example/chatmrpt', numbered: 'example@1234/chatmrpt@5678' } as const

/** Stands for a reference until the parameters are known. */
interface Reference {
  readonly function: 'Sub' | 'Ref' | 'GetAtt' | 'If' | 'Equals'
  readonly value: unknown
}

const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && 'function' in value
const scalar = (name: Reference['function']): ScalarTag => ({
  tag: `!${name}`,
  resolve: (value: string): Reference => ({ function: name, value }),
})
const sequence = (name: Reference['function']): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  resolve: (list) => {
    const items: unknown = list.toJSON()
    return { function: name, value: items }
  },
})

/** What CloudFormation would use for a reference to a resource: its ARN where policies need one, otherwise its name. */
const nameOf = (logicalId: string, attribute?: string): string =>
  logicalId === 'State' && attribute === 'Arn' ? 'arn:aws:s3:::pulumi-state' : `${logicalId}-physical`

/** The resources of `infra/bootstrap.yaml`, as CloudFormation makes them for a stage. */
export function bootstrapRecords(stage: Stage, region: string): Recorded[] {
  const text = readFileSync(join(import.meta.dirname, '..', 'bootstrap.yaml'), 'utf8')
  const template = parse(text, {
    customTags: [scalar('Sub'), scalar('Ref'), scalar('GetAtt'), sequence('If'), sequence('Equals')],
  }) as { readonly Resources: Readonly<Record<string, Readonly<Record<string, unknown>>>> }
  const known: Readonly<Record<string, string>> = {
    Repository: REPOSITORY.plain,
    NumberedRepository: REPOSITORY.numbered,
    Stage: stage,
    'AWS::Partition': 'aws',
    'AWS::AccountId': ACCOUNT_ID,
    'AWS::Region': region,
  }
  const resolve = (value: unknown): Json => {
    if (Array.isArray(value)) return value.map(resolve)
    if (!isReference(value)) {
      if (typeof value !== 'object' || value === null) return value as Json
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each)]))
    }
    // The provider exists already or is made: the roles name the same one.
    if (value.function === 'If') return resolve((value.value as readonly unknown[])[2])
    const said = String(value.value)
    if (value.function === 'Ref') return known[said] ?? nameOf(said)
    if (value.function === 'GetAtt') return nameOf(said.split('.')[0] ?? '', said.split('.')[1])
    return said.replaceAll(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, name: string, attribute?: string) =>
      attribute === undefined ? (known[name] ?? nameOf(name)) : nameOf(name, attribute),
    )
  }
  return Object.entries(template.Resources).map(([name, { Type, Properties, DeletionPolicy }]) => ({
    urn: `bootstrap::${name}`,
    type: `bootstrap:${String(Type)}`,
    name,
    parent: '',
    custom: false,
    remote: false,
    inputs: {
      ...(resolve(Properties ?? {}) as Record<string, Json>),
      ...(DeletionPolicy !== undefined && { DeletionPolicy: String(DeletionPolicy) }),
    },
    secretInputs: [],
    dependsOn: [],
    protect: false,
    ignoreChanges: [],
    retainOnDelete: false,
    id: name,
    outputs: {},
  }))
}
