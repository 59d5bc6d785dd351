import { type Change } from './change.ts'

/** Kinds of fault of which one each was planted in this stack, and went through or nearly so. */
export const FAULT_KINDS = [
  'a network opened too wide',
  'an order that is not kept',
  'a statistic that hides the fault',
  'a metric by a wrong name',
  'a key grant without the action needed',
  'a key grant for too few',
  'a topic that its sender cannot publish to',
  'logs sent to where they may not be written',
  'a log stream that may not be written to',
  'an image that cannot be fetched',
  'a task for another processor',
  'no time to start',
  'requests counted for another target',
  'scaling of another service',
  'a firewall with another default',
  'a firewall that only counts',
  'a browser that may not do its work',
  'a page only when all is lost',
  'a page that leaves alarms out',
  'a name that does not lead to the balancer',
  'tasks in the wrong subnets',
  'a deployment that no alarm sends back',
  'a rotation that cuts running tasks off',
  'what holds something goes with the stack',
  'a secret gone too soon',
  'a workflow role open to too many',
  "a workflow role that reaches people's objects",
  'logs sent to another region',
  'logs that keep what signs somebody in',
  "a range turned round in a stack's file",
  'a task that cannot open its objects',
  'a role that reads too many secrets',
  'a metric under wrong dimensions',
  'a certificate that nobody proves',
  'a person bound to one task',
  'a measure of the bucket under another name',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** One fault that a person could make and that must not pass. */
export interface Mutant {
  readonly fault: string
  readonly change: Change
  /** One of the kinds that some or all template validators were seen to let pass. */
  readonly named?: true
  /** The rule of cdk-nag's AwsSolutions pack that must object besides our own. */
  readonly nag?: string
  readonly kind?: FaultKind
  /** The fault by which its kind was found. */
  readonly isFirst?: true
}

/** The fault by which a kind was found, and others of the same kind, which nobody had planted before. */
export function ofKind<Fault extends { readonly fault: string }>(
  kind: FaultKind,
  first: Fault,
  others: readonly Fault[],
): (Fault & { readonly kind: FaultKind; readonly isFirst?: true })[] {
  return [{ ...first, kind, isFirst: true }, ...others.map((each) => ({ ...each, kind }))]
}
