import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Where Debian and Ubuntu put the models of botocore, from which the AWS CLI makes its commands. */
const MODELS = '/usr/lib/python3/dist-packages/botocore/data'
/** Services that the CLI calls by another name than their models. */
const RENAMED: Readonly<Record<string, string>> = { s3api: 's3' }

interface Reference {
  readonly shape: string
  readonly streaming?: boolean
}

/** A value as a model describes it. */
export interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, Reference>>
  readonly member?: Reference
  readonly value?: Reference
  readonly required?: readonly string[]
  readonly enum?: readonly string[]
  readonly payload?: string
  readonly streaming?: boolean
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: Reference; readonly output?: Reference }>>
  readonly shapes: Readonly<Record<string, Shape>>
}

/** One operation of a service, as the CLI offers it. */
export interface Operation {
  /** Options by their names on a command line, without the dashes. */
  readonly options: ReadonlyMap<string, Shape>
  readonly required: readonly string[]
  /** The shape that a reference in another shape leads to. */
  readonly shapeOf: (reference: Reference | undefined) => Shape | undefined
  /** Whether the CLI asks for a file into which it writes the answer's body. */
  readonly writesFile: boolean
  readonly isPaged: boolean
  /** Every name that an answer may have, at any depth. */
  readonly answer: ReadonlySet<string>
}

const read = (folder: string, name: string): unknown => {
  const file = join(folder, name)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as unknown
  return existsSync(`${file}.gz`) ? (JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString()) as unknown) : {}
}

/** A name of a model as the CLI writes it: `DescribeServices` is `describe-services`. */
export function kebab(name: string): string {
  return name
    .replace(/[A-Z]{2,}s$/, (acronym) => `-${acronym.toLowerCase()}`)
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

/** The folder of a service's newest model; undefined where botocore has none. */
function folderOf(service: string): string | undefined {
  const folder = join(MODELS, RENAMED[service] ?? service)
  const newest = existsSync(folder) ? readdirSync(folder).sort().at(-1) : undefined
  return newest === undefined ? undefined : join(folder, newest)
}

/**
 * An operation by its names on the command line, as `ecs` and `describe-services`; undefined where the models do not
 * know it. @throws Error where botocore is not on this machine
 */
export function operationOf(service: string, command: string): Operation | undefined {
  if (!existsSync(MODELS)) throw new Error(`Cannot check commands: ${MODELS} is missing (apt-get: python3-botocore)`)
  const folder = folderOf(service)
  if (folder === undefined) return undefined
  const { operations, shapes } = read(folder, 'service-2.json') as Model
  const [name, operation] = Object.entries(operations).find(([each]) => kebab(each) === command) ?? []
  if (name === undefined || operation === undefined) return undefined
  const { pagination = {} } = read(folder, 'paginators-1.json') as { readonly pagination?: object }
  const shapeOf = (reference: Reference | undefined): Shape | undefined =>
    reference === undefined ? undefined : shapes[reference.shape]
  const input = shapeOf(operation.input)
  const output = shapeOf(operation.output)
  const body = output?.members?.[output.payload ?? '']
  return {
    options: new Map(
      Object.entries(input?.members ?? {}).map(([member, reference]) => [
        kebab(member),
        shapeOf(reference) ?? { type: 'unknown' },
      ]),
    ),
    required: (input?.required ?? []).map(kebab),
    shapeOf,
    writesFile: body?.streaming === true || shapeOf(body)?.streaming === true,
    isPaged: name in pagination,
    answer: namesIn(operation.output, shapeOf),
  }
}

function namesIn(start: Reference | undefined, shapeOf: Operation['shapeOf']): Set<string> {
  const names = new Set<string>()
  const seen = new Set<string>()
  const walk = (reference: Reference | undefined): void => {
    if (reference === undefined || seen.has(reference.shape)) return
    seen.add(reference.shape)
    const shape = shapeOf(reference)
    for (const [name, member] of Object.entries(shape?.members ?? {})) {
      names.add(name)
      walk(member)
    }
    walk(shape?.member)
    walk(shape?.value)
  }
  walk(start)
  return names
}

/** The operation that a waiter of a service asks, as `replication-group-available`; undefined for one that is none. */
export function waiterOf(service: string, waiter: string): Operation | undefined {
  const folder = folderOf(service)
  if (folder === undefined) return undefined
  const { waiters = {} } = read(folder, 'waiters-2.json') as {
    readonly waiters?: Readonly<Record<string, { readonly operation: string }>>
  }
  const found = Object.entries(waiters).find(([name]) => kebab(name) === waiter)?.[1]
  return found === undefined ? undefined : operationOf(service, kebab(found.operation))
}
