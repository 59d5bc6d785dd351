import type { Recorded } from '../rehearsal/record.ts'
import type { Json } from '../rehearsal/values.ts'
import type { Stage } from '../settings.ts'
import { TYPE } from './types.ts'

/** The resources of a stack, as a rule sees them. */
export interface StackView {
  readonly stage: Stage
  readonly all: readonly Recorded[]
  of(type: string): readonly Recorded[]
}

/** What a stack must keep. `check` names what breaks it; an empty list is a pass. */
export interface Rule {
  /** A control of AWS Security Hub, as `ECS.5`, or the part and the promise, as `cache.failover`. */
  readonly id: string
  readonly title: string
  check(stack: StackView): string[]
}

export function viewOf(stage: Stage, all: readonly Recorded[]): StackView {
  return { stage, all, of: (type) => all.filter((record) => record.type === type) }
}

/** The value at a path of an input, as `networkConfiguration.subnets.0`. */
export function at(value: Json | Readonly<Record<string, Json>> | undefined, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, Json>>)[key] : undefined,
      value,
    )
}

export function input(record: Recorded, path: string): Json | undefined {
  return at(record.inputs, path)
}

export function listAt(value: Json | Readonly<Record<string, Json>> | undefined, path: string): readonly Json[] {
  const found = at(value, path)
  return Array.isArray(found) ? (found as readonly Json[]) : found === undefined ? [] : [found]
}

/** A JSON document kept as text in an input; undefined when the text is not one. */
export function documentAt(record: Recorded, path: string): Json | undefined {
  try {
    return JSON.parse(String(input(record, path))) as Json
  } catch {
    return undefined
  }
}

/** The region, read from the endpoint of its S3. */
export function regionOf(stack: StackView): string {
  return stack.of(TYPE.endpoint).map((record) => String(input(record, 'serviceName')).split('.')[2])[0] ?? ''
}

/** The service's address as people type it: the one origin that may upload. */
export function publicUrlOf(stack: StackView): string {
  return stack.of(TYPE.cors).map((record) => String(input(record, 'corsRules.0.allowedOrigins.0')))[0] ?? ''
}

/** A rule that every resource of a type meets one condition, and that there is at least one such resource. */
export function every(
  id: string,
  title: string,
  type: string,
  holds: (record: Recorded, stack: StackView) => boolean,
  optional = false,
): Rule {
  return {
    id,
    title,
    check: (stack) => {
      const found = stack.of(type)
      if (found.length === 0) return optional ? [] : [`there is no ${type}`]
      return found.filter((record) => !holds(record, stack)).map(({ name }) => name)
    },
  }
}

/** A rule about the stack as a whole. */
export function whole(id: string, title: string, holds: (stack: StackView) => boolean): Rule {
  return { id, title, check: (stack) => (holds(stack) ? [] : ['the stack']) }
}
