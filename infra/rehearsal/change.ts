import type { Recorded } from './record.ts'
import type { Json } from './values.ts'

/** A stack with one fault put into it. */
export type Change = (records: readonly Recorded[]) => readonly Recorded[]

/** Which resource: by the last part of its type, and by the end of its name where there are several. */
export interface Which {
  readonly kind: string
  readonly name?: string
}

const is = (record: Recorded, { kind, name }: Which): boolean =>
  (kind.includes('/') ? record.type === `aws:${kind}` : record.type.endsWith(`:${kind}`)) &&
  (name === undefined || record.name.endsWith(name))

/** Sets a value at a path, or removes it where `value` is undefined; `a.0.b` goes into lists too. */
export function setAt(target: Json | undefined, path: readonly string[], value: Json | undefined): Json {
  const [key = '', ...rest] = path
  if (Array.isArray(target)) {
    const list = target as readonly Json[]
    return rest.length === 0 && value === undefined
      ? list.filter((_, index) => String(index) !== key)
      : list.map((each, index) =>
          String(index) === key ? (rest.length === 0 ? (value ?? null) : setAt(each, rest, value)) : each,
        )
  }
  const object = (typeof target === 'object' && target !== null ? target : {}) as Readonly<Record<string, Json>>
  if (rest.length > 0) return { ...object, [key]: setAt(object[key], rest, value) }
  return Object.fromEntries([
    ...Object.entries(object).filter(([each]) => each !== key),
    ...(value === undefined ? [] : [[key, value] as const]),
  ])
}

function edit(which: Which, change: (record: Recorded) => Recorded | undefined): Change {
  return (records) => {
    const hit = records.find((record) => is(record, which))
    if (hit === undefined) throw new RangeError(`Cannot change ${which.kind} ${which.name ?? ''}: the stack has none`)
    return records.flatMap((record) => (record === hit ? (change(record) ?? []) : [record]))
  }
}

/** One input set to another value, or removed. */
export function withInput(which: Which, path: string, value?: Json): Change {
  return edit(which, (record) => ({
    ...record,
    inputs: setAt(record.inputs, path.split('.'), value) as Recorded['inputs'],
  }))
}

/** One value inside an input that is a JSON document. */
export function withDocument(which: Which, property: string, path: string, value?: Json): Change {
  return edit(which, (record) => ({
    ...record,
    inputs: {
      ...record.inputs,
      [property]: JSON.stringify(setAt(JSON.parse(String(record.inputs[property])) as Json, path.split('.'), value)),
    },
  }))
}

/** Text replaced in an input. */
export function withText(which: Which, property: string, from: string, to: string): Change {
  return edit(which, (record) => {
    const text = String(record.inputs[property])
    if (!text.includes(from)) throw new RangeError(`Cannot change ${which.kind}: ${property} does not say ${from}`)
    return { ...record, inputs: { ...record.inputs, [property]: text.replace(from, to) } }
  })
}

export function withOption(
  which: Which,
  options: Partial<Pick<Recorded, 'dependsOn' | 'protect' | 'ignoreChanges' | 'secretInputs' | 'retainOnDelete'>>,
): Change {
  return edit(which, (record) => ({ ...record, ...options }))
}

export function without(which: Which): Change {
  return edit(which, () => undefined)
}

export function also(
  record: Omit<
    Recorded,
    | 'urn'
    | 'parent'
    | 'custom'
    | 'remote'
    | 'secretInputs'
    | 'dependsOn'
    | 'protect'
    | 'ignoreChanges'
    | 'retainOnDelete'
    | 'id'
    | 'outputs'
  >,
): Change {
  return (records) => [
    ...records,
    {
      ...record,
      urn: `urn:added::${record.name}`,
      parent: '',
      custom: true,
      remote: false,
      secretInputs: [],
      dependsOn: [],
      protect: false,
      ignoreChanges: [],
      retainOnDelete: false,
      id: record.name,
      outputs: {},
    },
  ]
}
