import { type FaultList } from '../../fault-list.ts'
import { quoted } from '../../quoted.ts'
import { say, type Said } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { repeatedHeader } from '../table/header-findings.ts'

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
  const unnamed: Said[] = []
  const columns: NamedColumn[] = []
  headers.forEach((name, index) => {
    const position = index + 1
    if (name === '') {
      unnamed.push(say('column-at', { place: position }))
      return
    }
    if (FORBIDDEN.has(name))
      faults.add({ said: say('column-name-forbidden', { name: quoted(name) }), line, column: position })
    if (name.length > LONGEST_HEADER)
      faults.add({ said: say('header-too-long', { name: quoted(name) }), line, column: position })
    const unique = taken.has(name) ? nextFreeName(name, used) : name
    if (unique !== name) inquiry.note(repeatedHeader(position, name, unique))
    taken.add(unique)
    used.add(unique)
    columns.push({ name: unique, position })
  })
  if (unnamed.length > 0)
    inquiry.note(
      makeFinding('column-dropped', say('columns-without-header', {}), { count: unnamed.length, examples: unnamed }),
    )
  return columns
}

function nextFreeName(name: string, used: ReadonlySet<string>): string {
  for (let copy = 2; ; copy += 1) {
    const candidate = `${name} (${String(copy)})`
    if (!used.has(candidate)) return candidate
  }
}
