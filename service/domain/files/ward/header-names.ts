import { type FaultList } from '../../fault-list.ts'
import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import type { Inquiry } from '../reading/inquiry.ts'

const LONGEST_HEADER = 200
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** A column with a header: its name, which no other column has, and its place in the file from 1. */
export interface NamedColumn {
  readonly name: string
  readonly position: number
}

/**
 * Names the columns of a header at `line`. Empty headers are left out. Repeated headers are renamed `name (2)`. Both
 * are findings. Names that cannot be used are added to `faults`.
 */
export function nameColumns(
  headers: readonly string[],
  line: number,
  inquiry: Inquiry,
  faults: FaultList,
): readonly NamedColumn[] {
  const used = new Set(headers)
  const taken = new Set<string>()
  const unnamed: string[] = []
  const columns: NamedColumn[] = []
  headers.forEach((name, index) => {
    const position = index + 1
    if (name === '') {
      unnamed.push(`column ${String(position)}`)
      return
    }
    if (FORBIDDEN.has(name))
      faults.add({ said: say('column-name-forbidden', { name: quoted(name) }), line, column: position })
    if (name.length > LONGEST_HEADER)
      faults.add({ said: say('header-too-long', { name: quoted(name) }), line, column: position })
    const unique = taken.has(name) ? nextFreeName(name, used) : name
    if (unique !== name)
      inquiry.note({
        kind: 'column-renamed',
        detail: `Column ${String(position)} repeats the header ${quoted(name)} and is shown as ${quoted(unique)}.`,
        count: 1,
      })
    taken.add(unique)
    used.add(unique)
    columns.push({ name: unique, position })
  })
  if (unnamed.length > 0)
    inquiry.note({
      kind: 'column-dropped',
      detail: 'Columns without a header were left out.',
      count: unnamed.length,
      examples: unnamed,
    })
  return columns
}

function nextFreeName(name: string, used: ReadonlySet<string>): string {
  for (let copy = 2; ; copy += 1) {
    const candidate = `${name} (${String(copy)})`
    if (!used.has(candidate)) return candidate
  }
}
