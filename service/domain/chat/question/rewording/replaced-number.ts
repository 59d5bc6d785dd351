import { PLAN_DEFAULTS } from '../../../plan/plan-limits.ts'
import type { Outline } from '../../outline.ts'
import { pattern } from '../words.ts'

const NUMBER = pattern(
  String.raw`(\d[\d.,]{0,15}\d|\d)(?: ?(k|m|thousand|million)\b)?(?: ?(?:%|percent\b|per cent\b|nets\b|people\b))?`,
).source
const INSTEAD = pattern(
  String.raw`,? ?\b(?:inst?ea?d of|rather than|in place of|in the place of|not) (?:the )?(?:usual |current |old |`,
  String.raw`present |former )?${NUMBER}`,
)
const FROM = pattern(String.raw`\bfrom (?:the )?${NUMBER} (?=to\b)`)
const SCALES: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 } as const

/**
 * `20 % instead of 75`, `from 500,000 to 400,000`: a change of a plan without the number that it has now. Any other
 * number stays, so that it is asked about.
 */
export function withoutReplaced(message: string, { plan }: Pick<Outline, 'plan'>): string {
  if (plan === null) return message
  const now = settingIn(message, plan.options)
  const without = (text: string, said: RegExp): string =>
    text.replace(new RegExp(said.source, 'gi'), (words, digits: string, scale?: string) =>
      Number(digits.replaceAll(',', '')) * (SCALES[scale?.toLowerCase() ?? ''] ?? 1) === now ? '' : words,
    )
  // "100,000 more, not 500,000" says what the change is not.
  const isMore = /\b(?:more|extra|add|additional|further)\b/i.test(message)
  return (isMore ? [FROM] : [INSTEAD, FROM]).reduce(without, message).trim()
}

type Options = NonNullable<Outline['plan']>['options']

/** The number that the plan has of the setting that a message is about. */
function settingIn(message: string, options: Options): number {
  if (/\b(?:threshold|urban|cut-?off)\b/i.test(message)) return options.urbanThreshold ?? PLAN_DEFAULTS.urbanThreshold
  if (/\b(?:households?|houses?|famil(?:y|ies)|persons?|people)\b/i.test(message))
    return options.householdSize ?? PLAN_DEFAULTS.householdSize
  return options.totalNets
}
