import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'
import * as is from '../answers/truth.ts'
import type { Ward } from '../answers/truth.ts'
import { planned } from './plan-truth.ts'

/** Questions near those of the fourth set that had no right reply before the rules were mended for it. */
export function besideFourth(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, after } = questionList()
  const ranked = is.byRank(all)
  const needOf = (lga: string): number =>
    is.inLga(all, lga).reduce((sum, ward) => sum + Math.ceil((is.num(ward, 'population') ?? 0) / 1.8), 0)

  rows('rank', 'wards from position 5 to position 9', ranked.slice(4, 9), true)
  rows('rank', 'wards with rank 20 and rank 30', [ranked[19] ?? '', ranked[29] ?? ''], true)
  rows('list', 'wards of Lafenji by area', is.greatest(is.inLga(all, 'Lafenji'), 'totalArea'), true)
  rows('list', 'the smallest ward by area', is.least(all, 'totalArea', 1), true)
  rows('list', 'please share the names of wards in Kurmada', is.inLga(all, 'Kurmada'))
  rows('list', 'share the ranking of Kurmada wards', is.byRank(is.inLga(all, 'Kurmada')), true)
  figures('nets', 'how many more nets does Kurmada need than Dutsela', needOf('Kurmada'), needOf('Dutsela'))
  figures('nets', 'plan 200,000 nets from our partner', 200_000)
  asks('which variable matters most overall', /every indicator weighs the same.*Which variable contributes most/)
  asks('how many wards are left without nets', /no net plan yet/)
  asks('draw a bar chart of population of the wards left without nets', /no net plan yet/)
  after('plan 300,000 nets', () => {
    const nets = planned(all, 300_000)
    groups(
      'nets',
      'which LGAs get no nets at all',
      is.groups(
        all.filter(({ lga }) => !nets.some(({ ward, nets: given }) => ward.lga === lga && given > 0)),
        ({ lga }) => lga,
        (wards) => nets.reduce((sum, each) => sum + (wards.includes(each.ward) ? each.nets : 0), 0),
      ),
    )
  })
  return found
}
