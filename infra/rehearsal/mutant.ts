import { type Change } from './change.ts'

/** One fault that a person could make and that must not pass. */
export interface Mutant {
  readonly fault: string
  readonly change: Change
  /** One of the kinds that some or all template validators were seen to let pass. */
  readonly named?: true
  /** The rule of cdk-nag's AwsSolutions pack that must object besides our own. */
  readonly nag?: string
}
