/** A test by its file under `test/` and its titles, outermost first. */
export type TestPlace = readonly [file: string, ...titles: string[]]

/** A fault or an attack, and the tests that make it. */
export interface Row {
  readonly id: string
  readonly what: string
  /** What the service must do. */
  readonly expected: string
  readonly tests: readonly TestPlace[]
  /** Why a part of it, or all of it, cannot be made here. */
  readonly leftOut?: string
}
