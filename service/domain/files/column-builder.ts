import type { FaultList } from '../fault-list.ts'
import { quoted } from '../quoted.ts'
import { say, type Said } from '../said.ts'
import { isIdentifier } from './column-names.ts'
import { cellKind } from './read-cell.ts'
import { candidacy, type WardColumn } from './ward-table.ts'

const MOST_CATEGORIES = 50
const NO_CODE = 255
/** A number as people write it: 1,500 or 1 500 or 0,35 or 12.5% or −3. */
const WRITTEN_NUMBER = /^[+\-−]?\d[\d.,'’\s]*%?$/

interface SeenCell {
  readonly line: number
  readonly cell: string
}

/**
 * Builds one column, cell by cell. It keeps only what a WardColumn keeps. A text cell is counted and not kept.
 */
export class ColumnBuilder {
  readonly #name: string
  readonly #position: number
  #length = 0
  #missing = 0
  #numeric = 0
  #texts = 0
  #firstText: SeenCell | null = null
  readonly #infinite: SeenCell[] = []
  #numbers: Float64Array | null = new Float64Array(256)
  #categories: Map<string, number> | null = new Map()
  #codes: Uint8Array | null = new Uint8Array(256)

  /** `position` counts the file's columns from 1. */
  constructor(name: string, position: number) {
    this.#name = name
    this.#position = position
  }

  /** Adds the next row's trimmed cell. */
  add(cell: string, line: number): void {
    const kind = cellKind(cell)
    const value = kind === 'number' ? Number(cell) : NaN
    if (kind === 'missing') this.#missing += 1
    else if (kind === 'number') this.#numeric += 1
    else if (kind === 'text') {
      this.#texts += 1
      this.#firstText ??= { line, cell: cell.slice(0, 60) }
    } else if (this.#infinite.length < 21) this.#infinite.push({ line, cell })
    this.#keepNumber(value)
    this.#keepCategory(kind === 'missing' ? null : cell)
    this.#length += 1
  }

  /** Adds the next row's number, which is finite. */
  addNumber(value: number): void {
    this.#numeric += 1
    this.#keepNumber(value)
    if (this.#categories !== null) this.#keepCategory(String(value))
    this.#length += 1
  }

  /** Returns the column. An infinite value among numbers cannot be ranked and is added to `faults`. */
  finish(faults: FaultList): WardColumn {
    const type = this.#texts > 0 ? 'text' : this.#numeric > 0 || this.#infinite.length > 0 ? 'number' : 'empty'
    if (type === 'number') {
      for (const { line, cell } of this.#infinite) {
        faults.add({
          said: say('not-finite-number', { column: quoted(this.#name), cell: quoted(cell) }),
          line,
          column: this.#position,
        })
      }
    }
    return {
      name: this.#name,
      type,
      missing: this.#missing,
      ...candidacy(this.#whyNone(type)),
      numbers: type === 'number' ? (this.#numbers?.slice(0, this.#length) ?? null) : null,
      categories: type === 'text' && this.#categories !== null ? [...this.#categories.keys()] : null,
      codes: type === 'text' ? (this.#codes?.slice(0, this.#length) ?? null) : null,
    }
  }

  /** Why the column is no candidate; null if it is one. */
  #whyNone(type: WardColumn['type']): Said | null {
    if (isIdentifier(this.#name)) return say('names-rows', {})
    if (type === 'empty') return say('all-missing', {})
    if (type === 'number') return null
    const first = this.#firstText
    if (first === null) return say('holds-text', {})
    const isMeantAsNumber = WRITTEN_NUMBER.test(first.cell)
    if (this.#numeric === 0 && !isMeantAsNumber) return say('holds-text', {})
    // It is not certain whether 1,500 is fifteen hundred or one and a half.
    return say(isMeantAsNumber ? 'cells-not-plain-numbers' : 'cells-no-numbers', {
      count: this.#texts,
      line: first.line,
      cell: quoted(first.cell),
    })
  }

  #keepNumber(value: number): void {
    if (this.#numbers === null) return
    if (this.#texts > 0 && this.#categories === null) {
      this.#numbers = null
      return
    }
    if (this.#length === this.#numbers.length) {
      const grown = new Float64Array(this.#length * 2)
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    this.#numbers[this.#length] = value
  }

  #keepCategory(cell: string | null): void {
    if (this.#categories === null || this.#codes === null) return
    let code = cell === null ? NO_CODE : this.#categories.get(cell)
    if (code === undefined && cell !== null && this.#categories.size < MOST_CATEGORIES && cell.length <= 200) {
      code = this.#categories.size
      this.#categories.set(cell, code)
    }
    if (code === undefined) {
      this.#categories = null
      this.#codes = null
      return
    }
    if (this.#length === this.#codes.length) {
      const grown = new Uint8Array(this.#length * 2)
      grown.set(this.#codes)
      this.#codes = grown
    }
    this.#codes[this.#length] = code
  }
}
