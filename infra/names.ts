import type { Settings, Stage } from './settings.ts'

/** Characters that Pulumi adds to a logical name to make a physical one: a dash and seven hexadecimal digits. */
export const SUFFIX_LENGTH = 8

/**
 * The logical name of a resource, as `chatmrpt-prod-web`. Most physical names are made from it with a suffix, so that a
 * replacement can exist beside what it replaces. Names of load balancers and target groups have at most 32 characters.
 * @throws RangeError when the physical name would be longer than `most`
 */
export function nameOf(stage: Stage, part: string, most = 32): string {
  const name = `chatmrpt-${stage}-${part}`
  if (name.length + SUFFIX_LENGTH > most)
    throw new RangeError(`Cannot name ${name}: with its suffix it is longer than ${String(most)} characters`)
  return name
}

/** The `Service` dimension and the name of the container. */
export const SERVICE = 'chatmrpt'

/**
 * The boundary that `infra/bootstrap.yaml` made for roles of the stack: for those of its tasks, for the probe's, or for
 * what starts an operator's task. The role of the workflows can create a role only within it.
 */
export function boundaryArn(
  { stage, region }: Pick<Settings, 'stage' | 'region'>,
  accountId: string,
  kind: 'roles' | 'probe' | 'caller',
): string {
  return `arn:aws:iam::${accountId}:policy/chatmrpt-${stage}-${region}-${kind}`
}
