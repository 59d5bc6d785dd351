import { ask } from '../replies.ts'
import { askAboutPickedLgas } from './beside-counts.ts'
import { comparedAt } from './compared-numbers.ts'
import type { Asking } from './draft.ts'
import { field, isTag, skip } from './draft.ts'

const KINDS: ReadonlySet<string> = new Set(['tier', 'value'])

/**
 * `LGAs with at least 5 High wards`: the LGAs by how many wards they have that satisfy the conditions. What the wards
 * are is read after it.
 */
export function groupCounts(asking: Asking, at: number): number {
  const { draft, dataset, tokens } = asking
  if (!isTag(asking, at, 'lgas') || dataset.lgas.length === 0 || tokens[at + 1]?.kind === 'lga') return 0
  const compared = comparedAt(asking, skip(asking, at + 1, 'with', 'is', 'filler'), false)
  const value = compared?.test.numbers[0]?.value ?? null
  if (compared === null || value === null || compared.test.numbers.length > 1) return 0
  const { op } = compared.test
  let noun = compared.to
  while (isTag(asking, noun, 'risk', 'urban', 'rural', 'filler') || KINDS.has(tokens[noun]?.kind ?? '')) noun += 1
  if (!isTag(asking, noun, 'wards') || draft.having !== null) return 0
  // "Wards of LGAs with at least 5 High wards" asks for other wards than those that are counted.
  if (draft.subjects.has('wards') || compared.test.numbers[0]?.isPercent === true)
    draft.question ??= askAboutPickedLgas()
  // The groups of an answer are those of the wards that are left, so an LGA without such a ward is not among them.
  else if ((op !== '>' && op !== '>=' && op !== '=') || value < 1)
    draft.question ??= ask(
      'I can list the LGAs that have at least so many of these wards. One that has none of them is in no such list. ' +
        'Shall I count the wards of each LGA?',
      ['Number of High wards by LGA', 'Summarise by LGA'],
    )
  else draft.having = { op, value }
  draft.groups.push(field(asking, 'lga'))
  draft.areLgasFirst = true
  draft.subjects.add('lgas')
  let before = at - 1
  while (isTag(asking, before, 'filler')) before -= 1
  // "How many LGAs" are the groups of the answer, and not their wards.
  if (isTag(asking, before, 'count')) draft.isCount = false
  return compared.to - at
}
