import type { ViolationKind } from '../../prove/inspector.ts'

/** What must refuse a mutant. Paths are relative to the repository. */
export type Killer =
  /** The compiler, by an error of this code in this file. */
  | { readonly kind: 'types'; readonly file: string; readonly code: number }
  /** A rule of `eslint.config.js`, in this file. */
  | { readonly kind: 'lint'; readonly file: string; readonly rule: string }
  /**
   * A test: its title and the titles around it, outermost first, and words of the assertion that must be among the
   * failing ones.
   */
  | { readonly kind: 'test'; readonly file: string; readonly title: readonly string[]; readonly fails: string | RegExp }
  /**
   * The prover against three mutated tasks, with faults where stated: each of `SEEDS` must find one of these kinds of
   * violation.
   */
  | { readonly kind: 'prover'; readonly finds: readonly ViolationKind[]; readonly faults?: true }

/** A killer that is a test: its file, its titles from the outermost, and words of the assertion that fails. */
export const inTest = (file: string, title: readonly string[], fails: string | RegExp): Killer => ({
  kind: 'test',
  file,
  title,
  fails,
})

export type TestKiller = Extract<Killer, { kind: 'test' }>
export type ProverKiller = Extract<Killer, { kind: 'prover' }>

/** One fault that an earlier system had, or that a person could make, as edits of the present code. */
export interface Mutant {
  /** With `name`, the name of the edits beside this file. */
  readonly id: string
  readonly name: string
  /** The fault that it puts back. */
  readonly fault: string
  /** Where something like it happened, or what it would undo. */
  readonly origin: string
  readonly killers: readonly [Killer, ...Killer[]]
}

export function editsOf({ id, name }: Mutant): string {
  return `test/mutants/${id}-${name}.edit`
}

/** The outcome of one mutant. */
export interface Outcome {
  readonly mutant: Mutant
  readonly isKilled: boolean
  /** One entry for each killer: what killed it, or why it did not. */
  readonly by: readonly string[]
  readonly seconds: number
}

export function lineOf({ mutant, isKilled, by, seconds }: Outcome): string {
  return (
    `${isKilled ? 'killed  ' : 'SURVIVED'} ${mutant.id.padEnd(4)} ${seconds.toFixed(1).padStart(6)} s  ` +
    `${mutant.fault} (${mutant.origin}): ${by.join('; ')}`
  )
}
