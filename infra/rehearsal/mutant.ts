import { type Change } from './change.ts'

/** One fault a person could make, that must not pass. */
export interface Mutant {
  readonly fault: string
  readonly change: Change
  /** One of the kinds that template validators were seen to let pass, all or some of them. */
  readonly named?: true
  /** The rule of cdk-nag's AwsSolutions pack that must object besides our own. */
  readonly nag?: string
}
