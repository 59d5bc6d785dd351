import { say, type Said } from '../said.ts'

const MOST = 200

/** Lines of a file, written for people: `line 4`, `lines 7 to 900`. Keeps the first 200 runs and counts every line. */
export class LineRanges {
  readonly #runs: { first: number; last: number }[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Adds the next line. Lines must come in ascending order. */
  add(line: number): void {
    this.#count += 1
    const run = this.#runs.at(-1)
    if (run?.last === line - 1) run.last = line
    else if (this.#runs.length < MOST) this.#runs.push({ first: line, last: line })
  }

  names(): Said[] {
    return this.#runs.map(({ first, last }) =>
      first === last ? say('row-line', { line: first }) : say('lines-from-to', { from: first, to: last }),
    )
  }
}
