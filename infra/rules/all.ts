import { accessRules } from './access-rules.ts'
import { bucketRules } from './bucket-rules.ts'
import { cacheRules } from './cache-rules.ts'
import { entranceRules } from './entrance-rules.ts'
import { exceptionFor } from './exceptions.ts'
import { networkRules } from './network-rules.ts'
import { operatorRules } from './operator-rules.ts'
import type { Rule, StackView } from './rule.ts'
import { taskRules } from './task-rules.ts'
import { valueRules } from './value-rules.ts'
import { watchRules } from './watch-rules.ts'

/** Every promise a stack must keep: AWS's controls by their ids, and our own. */
export const RULES: readonly Rule[] = [
  ...networkRules,
  ...entranceRules,
  ...taskRules,
  ...cacheRules,
  ...bucketRules,
  ...accessRules,
  ...watchRules,
  ...valueRules,
  ...operatorRules,
]

export interface Finding {
  readonly rule: string
  readonly title: string
  readonly subject: string
}

/** What breaks a rule and has no written exception in exceptions.ts. */
export function findings(stack: StackView): Finding[] {
  return RULES.flatMap((rule) =>
    rule
      .check(stack)
      .filter((subject) => exceptionFor(rule.id, subject, stack.stage) === undefined)
      .map((subject) => ({ rule: rule.id, title: rule.title, subject })),
  )
}
