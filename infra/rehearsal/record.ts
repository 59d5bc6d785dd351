import type { Json } from './values.ts'

/** One resource as the program asked for it, and as the rehearsal answered. */
export interface Recorded {
  readonly urn: string
  readonly type: string
  readonly name: string
  readonly parent: string
  readonly custom: boolean
  readonly remote: boolean
  readonly inputs: Readonly<Record<string, Json>>
  /** Inputs that were secret, or held a secret. */
  readonly secretInputs: readonly string[]
  readonly dependsOn: readonly string[]
  readonly protect: boolean
  readonly ignoreChanges: readonly string[]
  /** Kept in the cloud when it is removed from the program. */
  readonly retainOnDelete: boolean
  readonly id: string
  readonly outputs: Readonly<Record<string, Json>>
}

/** The last part of a type, as `SecurityGroup`. */
export function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(':') + 1)
}

/**
 * Stands for an output that only AWS can know, so that a recorded input shows where it came from. It can be part of a
 * URL.
 */
export function token(type: string, name: string, output: string): string {
  return `⟦${kindOf(type)}.${name}!${output}⟧`
}

export interface TokenParts {
  readonly kind: string
  readonly name: string
  readonly output: string
}

/** Every token in a value, in order. */
export function tokensIn(value: unknown): TokenParts[] {
  return [...JSON.stringify(value ?? null).matchAll(/⟦([A-Za-z0-9]+)\.([^!⟧]+)!(\w+)⟧/g)].map(
    ([, kind = '', name = '', output = '']) => ({ kind, name, output }),
  )
}

/** Those tokens that nobody may see: generated values, and what a user pool makes for its client. */
export function secretsIn(value: unknown): TokenParts[] {
  return tokensIn(value).filter(({ kind, output }) => kind === 'RandomPassword' || output === 'clientSecret')
}
