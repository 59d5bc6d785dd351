import { accountRows } from './access-account.ts'
import { placesOf } from './access-places.ts'
import { roleRows } from './access-roles.ts'
import { serviceRows } from './access-services.ts'
import { decide } from './policy-evaluator.ts'
import type { StackView } from './rule.ts'

/** Every line whose answer is not as it must be, in words. */
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
