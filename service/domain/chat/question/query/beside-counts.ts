import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound } from './bind.ts'
import { field } from './draft.ts'
import type { Asking } from './draft.ts'

const JOINS = / (?:and|but|or) /

/** What is asked back about LGAs that are to be picked by a count of their wards. */
export function askAboutPickedLgas(): Meaning {
  return ask('I can list the LGAs that have at least so many of these wards, and nothing else about them at once.', [
    'LGAs with at least 5 High wards',
    'Number of High wards by LGA',
    'Summarise by LGA',
  ])
}

/**
 * Asks back where LGAs are picked by a count of their wards for something else than a list of them. A query's groups
 * are of the wards that satisfy its conditions, so a figure beside such a count would be one of these wards alone.
 */
export function askBesideCounts(asking: Asking, bound: Bound): Meaning | null {
  const { draft, reading } = asking
  if (draft.having === null) return null
  const wanted = [bound.measures, bound.columns, bound.orders, draft.charts, draft.wards, draft.relative, draft.texts]
  const isOfLgas = draft.groups.every((group) => group === field(asking, 'lga'))
  const hasFigures = draft.where.some(({ value }) => typeof value === 'number')
  const isPlain =
    wanted.every((some) => some.length === 0) &&
    bound.open === null &&
    isOfLgas &&
    !(hasFigures && JOINS.test(reading.plain)) &&
    ![draft.isCount, draft.isShare, draft.isCorrelation, draft.isVersus, draft.percent !== null].includes(true)
  return isPlain ? null : askAboutPickedLgas()
}
