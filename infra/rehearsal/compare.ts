import type { Recorded } from './record.ts'
import type { Json } from './values.ts'

/** One value that differs between two stacks; undefined where a stack has no such resource or input. */
export interface Difference {
  readonly resource: string
  readonly path: string
  readonly left: Json | undefined
  readonly right: Json | undefined
}

/**
 * The differences between two stacks, apart from the names of their stages, their hosts and their address blocks.
 * Documents that are kept as text are compared as documents.
 */
export function compareStacks(
  left: { stage: string; records: readonly Recorded[] },
  right: { stage: string; records: readonly Recorded[] },
): Difference[] {
  const [one, two] = [flatten(left), flatten(right)]
  return [...new Set([...one.keys(), ...two.keys()])].flatMap((resource) => {
    const [mine, theirs] = [one.get(resource), two.get(resource)]
    if (mine === undefined || theirs === undefined)
      return [
        {
          resource,
          path: '',
          left: mine === undefined ? undefined : 'present',
          right: theirs === undefined ? undefined : 'present',
        },
      ]
    return [...new Set([...mine.keys(), ...theirs.keys()])]
      .filter((path) => mine.get(path) !== theirs.get(path))
      .map((path) => ({ resource, path, left: mine.get(path), right: theirs.get(path) }))
  })
}

/** Every leaf of every resource, by the resource and the path. */
function flatten({ stage, records }: { stage: string; records: readonly Recorded[] }): Map<string, Map<string, Json>> {
  const word = new RegExp(`\\b${stage}\\b`, 'g')
  const same = (text: string): string => text.replaceAll(word, 'STAGE').replaceAll(/10\.\d+\.(\d+)\.0/g, '10.x.$1.0')
  const leaves = (value: Json, path: string): [string, Json][] => {
    const document = typeof value === 'string' && /^[[{]/.test(value) ? parsed(value) : undefined
    const inner = document ?? value
    if (typeof inner !== 'object' || inner === null) return [[path, typeof inner === 'string' ? same(inner) : inner]]
    return Object.entries(inner)
      .map(([key, each]) => [Array.isArray(inner) ? placeOf(each, key, same) : key, each] as const)
      .flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`))
  }
  return new Map(
    records
      .filter(({ custom }) => custom)
      .map(({ type, name, inputs, protect }) => [
        `${type.slice(type.lastIndexOf(':') + 1)} ${same(name)}`,
        new Map([...leaves(inputs, ''), ['protect', protect] as const]),
      ]),
  )
}

/**
 * How parts of a list are matched: a widget by its title and any text by itself, so that one more at the front does not
 * make all that follow differ; everything else by its place.
 */
function placeOf(part: Json, index: string, same: (text: string) => string): string {
  if (typeof part === 'string') return same(part)
  const properties = typeof part === 'object' && part !== null && 'properties' in part ? part.properties : undefined
  const { title, markdown } = (properties ?? {}) as { readonly title?: string; readonly markdown?: string }
  return same(title ?? markdown ?? index)
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
