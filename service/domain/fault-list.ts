import { Fault } from './fault.ts'
import type { FaultDetail, FaultKind } from './fault.ts'
import { say, type Said } from './said.ts'

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
  throwIfAny(kind: FaultKind, summary: Said): void {
    const rest = this.#count - this.#shown.length
    const [first, ...others] = this.#shown
    if (first === undefined) return
    const more = rest > 0 ? [{ said: say('and-so-many-more', { count: rest }) }] : []
    throw new Fault(kind, summary, { errors: [first, ...others, ...more] })
  }
}
