import { Fault } from './fault.ts'
import type { FaultDetail, FaultKind } from './fault.ts'

const SHOWN = 20

/**
 * Collects the faults of a file, so that its owner can correct all of them at once. Keeps the first 20, counts the
 * rest.
 */
export class FaultList {
  readonly #shown: FaultDetail[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  add(detail: FaultDetail): void {
    this.#count += 1
    if (this.#shown.length < SHOWN) this.#shown.push(detail)
  }

  /** @throws Fault `kind` that lists everything that was added, when anything was */
  throwIfAny(kind: FaultKind, summary: string): void {
    const rest = this.#count - this.#shown.length
    const [first, ...others] = this.#shown
    if (first === undefined) return
    const more = rest > 0 ? [{ detail: `and ${String(rest)} more` }] : []
    throw new Fault(kind, summary, { errors: [first, ...others, ...more] })
  }
}

/** Quotes a value from a file in a message: one line, at most 40 characters. */
export function quoted(value: string): string {
  const plain = value.slice(0, 60).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
  return `"${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}"`
}

/** Lists names in a message: the first `most`, then how many more there are. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map(quoted).join(', ')
  return names.length > most ? `${shown} and ${String(names.length - most)} more` : shown
}

/** Any of these names in a sentence: `a, b or c`. */
export function anyOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
}
