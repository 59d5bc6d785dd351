import type { StackView } from './rule.ts'
import { accountRows } from './access-account.ts'
import { roleRows } from './access-roles.ts'
import { serviceRows } from './access-services.ts'
import { placesOf } from './access-places.ts'
import { decide, type AccessRequest, type Policies } from './policy-evaluator.ts'

/** One line of the table: somebody asks for something, and what AWS must answer. */
export interface Row {
  readonly who: string
  readonly request: AccessRequest
  readonly policies: Policies
  readonly want: 'allow' | 'deny'
}

/** Every line that is not answered as it must be, in words. */
export function wrongAnswers(stack: StackView): string[] {
  const places = placesOf(stack)
  return [...roleRows(stack, places), ...serviceRows(stack, places), ...accountRows(stack, places)].flatMap(
    ({ who, request, policies, want }) => {
      const found = decide(request, policies)
      const context = Object.entries(request.context).map(([key, value]) => `${key}=${value}`)
      return found === want
        ? []
        : [`${who} ${request.action} ${request.resource} (${context.join(', ')}): ${found}, must be ${want}`]
    },
  )
}
