import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'
import * as is from '../answers/truth.ts'
import type { Ward } from '../answers/truth.ts'
import { planned } from './plan-truth.ts'

const TPR = 'test_positivity_rate'
const RAIN = 'mean_rainfall_mm'
const CLINIC = 'distance_to_clinic_km'

/** Questions about the sample, in which two conditions often meet. */
export function firstOfSample(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, says, after } = questionList()
  const high = is.inTier(all, 'High')
  const people = (wards: readonly Ward[]): number => is.sum(wards, 'population')
  const between = (wards: readonly Ward[], column: string, from: number, to: number): readonly Ward[] =>
    is.where(wards, column, (value) => value >= from && value <= to)
  const over50 = is.where(all, TPR, (value) => value > 50)

  figures('count', 'how many high wards dey Bakoro', is.inLga(high, 'Bakoro').length)
  rows('filter', 'wards with positivity more than 50% but rainfall not above 900', between(over50, RAIN, 0, 900))
  figures('stats', 'mean rainfall in Dumawa', is.mean(is.inLga(all, 'Dumawa'), RAIN))
  rows(
    'list',
    'tell me the 3 wards with lowest housing quality in Tsamiya',
    is.least(is.inLga(all, 'Tsamiya'), 'housing_quality', 3),
    true,
  )
  figures('stats', 'total population of medium and low wards', people(is.inTier(all, 'Medium', 'Low')))
  rows('filter', 'High wards whose distance to clinic is at least 5 km', between(high, CLINIC, 5, 1e6))
  groups(
    'group',
    'population-weighted TPR of each LGA',
    is.groups(
      all,
      ({ lga }) => lga,
      (wards) => is.weightedMean(wards, TPR, 'population'),
    ),
  )
  rows('rank', 'rank 15 to 18 please', is.byRank(all).slice(14, 18), true)
  figures(
    'not',
    'how many wards are neither High nor in Bakoro',
    is.notInLga(is.inTier(all, 'Medium', 'Low'), 'Bakoro').length,
  )
  figures(
    'share',
    'what percent of population is in Gidan Ruwa',
    (100 * people(is.inLga(all, 'Gidan Ruwa'))) / people(all),
  )
  after('wards with TPR over 50', () => {
    rows('follow', 'only those in Bakoro', is.inLga(over50, 'Bakoro'))
  })
  after('top 5 wards', () => {
    rows('follow', 'and the bottom 5?', is.byRankLast(all, 5), true)
  })
  after('average TPR of Bakoro', () => {
    figures('follow', 'same for Tsamiya', is.mean(is.inLga(all, 'Tsamiya'), TPR))
  })
  rows('list', 'Which ward is closest to a clinic?', is.least(all, CLINIC, 1), true)
  says('filter', 'wards with elevation between 400 and 420 in Bakoro or Dumawa', /^0 of 60/)
  figures('stats', 'median population of High wards', is.median(high, 'population'))
  after('plan 200,000 nets', () => {
    const plan = planned(all, 200_000, { urbanShare: 'urban_percentage' })
    rows(
      'nets',
      'which wards in Bakoro got nothing',
      plan.filter(({ ward, nets }) => ward.lga === 'Bakoro' && nets === 0).map(({ ward }) => ward),
    )
    figures(
      'nets',
      'nets wey go Tsamiya all together',
      plan.filter(({ ward }) => ward.lga === 'Tsamiya').reduce((sum, { nets }) => sum + nets, 0),
    )
  })
  return found
}
