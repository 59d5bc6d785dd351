/** A statement of a policy, as AWS writes it. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface PolicyDocument {
  readonly Statement: readonly Statement[]
}

/** A request by somebody for something. */
export interface AccessRequest {
  /** A service of AWS (`Service`), a role of an account (`AWS`, an ARN), or somebody known elsewhere (`Federated`). */
  readonly principal: { readonly kind: 'Service' | 'AWS' | 'Federated'; readonly name: string }
  readonly action: string
  readonly resource: string
  /** What AWS knows of the request, by condition key. */
  readonly context: Readonly<Record<string, string>>
}

export interface Policies {
  /** The policies of the role that asks. */
  readonly identity?: readonly PolicyDocument[]
  /** The most that the role may do. */
  readonly boundary?: PolicyDocument
  /** The policy of the resource: a bucket's, a key's, a topic's, or a role's trust. */
  readonly resource?: PolicyDocument
  /**
   * A key and a role's trust are opened only by their own policy; a bucket or topic of the account by the caller's as
   * well.
   */
  readonly resourceDecides?: boolean
}

const many = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/** Whether a text fits a pattern with `*` for any run of characters and `?` for one. */
export function fits(pattern: string, text: string, ignoreCase = false): boolean {
  const source = pattern
    .split(/([*?])/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('')
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(text)
}

/** The six parts of an ARN are compared one by one: a `*` does not reach over a colon before the last. */
function fitsArn(pattern: string, text: string): boolean {
  const parts = (arn: string): string[] => {
    const all = arn.split(':')
    return [...all.slice(0, 5), all.slice(5).join(':')]
  }
  const [wanted, found] = [parts(pattern), parts(text)]
  return wanted.every((part, index) => fits(part, found[index] ?? ''))
}

type Test = (wanted: string, found: string) => boolean
const OPERATORS: Readonly<Record<string, { readonly test: Test; readonly negated?: true }>> = {
  StringEquals: { test: (wanted, found) => wanted === found },
  StringNotEquals: { test: (wanted, found) => wanted === found, negated: true },
  StringLike: { test: (wanted, found) => fits(wanted, found) },
  ArnLike: { test: fitsArn },
  Bool: { test: (wanted, found) => wanted.toLowerCase() === found.toLowerCase() },
  NumericLessThan: { test: (wanted, found) => Number(found) < Number(wanted) },
}

/**
 * Whether every condition of a statement is met. A key that the request does not have meets only a negated operator.
 * @throws RangeError for an operator that is not known here: none is ignored
 */
function holds(conditions: Statement['Condition'], context: AccessRequest['context']): boolean {
  return Object.entries(conditions ?? {}).every(([operator, keys]) => {
    const known = OPERATORS[operator]
    if (known === undefined) throw new RangeError(`Cannot evaluate ${operator}: write down what it means`)
    return Object.entries(keys).every(([key, wanted]) => {
      const found = Object.entries(context).find(([each]) => each.toLowerCase() === key.toLowerCase())?.[1]
      if (found === undefined) return known.negated === true
      const isOne = many(wanted).some((each) => known.test(each, found))
      return known.negated === true ? !isOne : isOne
    })
  })
}

/** Whether a policy of a resource names the caller; an account's root means every role of the account. */
function names(principal: Statement['Principal'], { kind, name }: AccessRequest['principal']): boolean {
  if (principal === '*') return true
  const account = /^arn:aws:(?:iam|sts)::(\d{12}):/.exec(name)?.[1]
  return many(principal?.[kind]).some(
    (each) => each === '*' || each === name || (kind === 'AWS' && each === `arn:aws:iam::${String(account)}:root`),
  )
}

function speaks(statement: Statement, request: AccessRequest, ofResource: boolean): boolean {
  const isAction = (pattern: string): boolean => fits(pattern, request.action, true)
  const isResource = (pattern: string): boolean => fits(pattern, request.resource)
  const { Action, NotAction, Resource, NotResource, Principal, Condition } = statement
  return (
    (NotAction === undefined ? many(Action).some(isAction) : !many(NotAction).some(isAction)) &&
    (NotResource !== undefined
      ? !many(NotResource).some(isResource)
      : // A trust policy applies to its own role and does not name one.
        (ofResource && Resource === undefined) || many(Resource).some(isResource)) &&
    (!ofResource || names(Principal, request.principal)) &&
    holds(Condition, request.context)
  )
}

/**
 * AWS's answer, for requests within one account and from services. An explicit Deny anywhere wins. A role needs an
 * Allow of its own within its boundary; a resource that decides for itself needs one as well. A service has only the
 * resource's policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(request: AccessRequest, policies: Policies): 'allow' | 'deny' {
  const { identity = [], boundary, resource, resourceDecides = false } = policies
  const has = (document: PolicyDocument | undefined, effect: Statement['Effect'], ofResource: boolean): boolean =>
    (document?.Statement ?? []).some((each) => each.Effect === effect && speaks(each, request, ofResource))
  const isDenied =
    has(resource, 'Deny', true) || [...identity, boundary].some((document) => has(document, 'Deny', false))
  if (isDenied) return 'deny'
  const byResource = has(resource, 'Allow', true)
  const byIdentity =
    identity.some((document) => has(document, 'Allow', false)) &&
    (boundary === undefined || has(boundary, 'Allow', false))
  if (request.principal.kind !== 'AWS') return byResource ? 'allow' : 'deny'
  return (resourceDecides ? byResource && byIdentity : byResource || byIdentity) ? 'allow' : 'deny'
}
