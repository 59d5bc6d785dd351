import type { Remembered } from '../remembered.ts'
import { pattern } from './words.ts'

const KEEP = pattern(
  String.raw`^(?:and |now |so |please |ok )*(?:keep |show |leave |list |take )?(?:me )?(?:only |just )?(?:those|the `,
  String.raw`ones|ones|them|the lgas|lgas)(?: that are| which are| with)?`,
  String.raw` (below|under|above|over|less than|more than|at least|at most) (-?\d[\d.,]{0,15})(?: only| alone)?[.! `,
  String.raw`]{0,3}$`,
)
const ADDED = pattern(
  String.raw`^(?:and |now |so |please |ok )*(?:bring|add|include|put|throw) ([^,;?!:\d]{2,40}?)(?: lga)? (?:in|into|`,
  String.raw`to|in to) (?:the|this|that) comparison(?: too| also| as well)?[.! ]{0,3}$`,
)

/**
 * What goes on with figures by LGA, as a whole question: `keep those below 18 only` is about the figure of each LGA,
 * and `bring Pandogo into the comparison` is about the same LGAs and one more. Null for anything else, and for
 * figures with other conditions.
 */
export function withNarrowedGroups(message: string, { list }: Remembered): string | null {
  if (list?.tool !== 'query_wards' || list.input.groupBy?.length !== 1 || list.input.groupBy[0] !== 'lga') return null
  const { where = [], measures = [] } = list.input
  const [, than, bound] = new RegExp(KEEP.source, 'i').exec(message.trim()) ?? []
  const [measure, another] = measures
  if (than !== undefined && bound !== undefined)
    return where.length > 0 || another !== undefined || measure?.column === undefined || measure.measure !== 'mean'
      ? null
      : `LGAs with a mean ${measure.column} ${than} ${bound}`
  const [, added] = new RegExp(ADDED.source, 'i').exec(message.trim()) ?? []
  const compared = where.find(({ column, op }) => column === 'lga' && op === 'in')?.value
  if (added === undefined || !Array.isArray(compared)) return null
  return `compare ${[...compared.map(String), added].map((lga) => `${lga} LGA`).join(' and ')}`
}
