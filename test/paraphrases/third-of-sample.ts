import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'
import * as is from '../answers/truth.ts'
import type { Ward } from '../answers/truth.ts'
import { planned } from './plan-truth.ts'

const TPR = 'test_positivity_rate'
const RAIN = 'mean_rainfall_mm'
const HEIGHT = 'elevation_m'
const CLINIC = 'distance_to_clinic_km'
const HOUSING = 'housing_quality'

/** Questions about the sample, written after the second set was answered. */
export function thirdOfSample(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, says, after, draws } = questionList()
  const high = is.inTier(all, 'High')
  const medium = is.inTier(all, 'Medium')
  const low = is.inTier(all, 'Low')
  const people = (wards: readonly Ward[]): number => is.sum(wards, 'population')
  const more = (wards: readonly Ward[], column: string, than: number): readonly Ward[] =>
    is.where(wards, column, (value) => value > than)
  const less = (wards: readonly Ward[], column: string, than: number): readonly Ward[] =>
    is.where(wards, column, (value) => value < than)
  const covered = (stock: number, wards = all): number =>
    planned(wards, stock, { urbanShare: 'urban_percentage' }).reduce((sum, each) => sum + each.covered, 0)
  const gets = (stock: number): ReadonlyMap<string, number> =>
    new Map(planned(all, stock, { urbanShare: 'urban_percentage' }).map(({ ward, nets }) => [ward.name, nets]))

  rows('rank', 'Good afternoon. Please which 7 wards should we worry about most?', is.byRank(all, 7), true)
  rows('rank', 'd top 4 wards in Tsamiya', is.byRank(is.inLga(all, 'Tsamiya'), 4), true)
  rows('rank', 'list of medium wards in Gidan Ruwa', is.inLga(medium, 'Gidan Ruwa'))
  figures('count', 'count low risk wards not in Dumawa', is.notInLga(low, 'Dumawa').length)
  figures(
    'count',
    'how many wards have rainfall of 900 or more and clinic distance under 4',
    less(
      is.where(all, RAIN, (value) => value >= 900),
      CLINIC,
      4,
    ).length,
  )
  rows('filter', 'Bakoro wards where housing quality is below 0.3', less(is.inLga(all, 'Bakoro'), HOUSING, 0.3))
  rows(
    'filter',
    'High or Medium wards with more than 25,000 people',
    more(is.inTier(all, 'High', 'Medium'), 'population', 25_000),
  )
  says('filter', 'show the wards that are neither High nor Medium and have TPR above 40', /^0 of 60/)
  says('filter', 'wards no reach 5,000 people', /^0 of 60/)
  figures('stats', 'whats the average distance to clinic for high risk wards', is.mean(high, CLINIC))
  figures('stats', 'people in Tsamiya and Dumawa combined', people(is.inLga(all, 'Tsamiya', 'Dumawa')))
  figures('stats', 'lowest elevation in Gidan Ruwa', Math.min(...is.values(is.inLga(all, 'Gidan Ruwa'), HEIGHT)))
  figures('stats', 'std deviation of rainfall among Low wards', is.deviation(low, RAIN))
  groups(
    'group',
    'mean TPR and number of wards by LGA',
    is.groups(
      all,
      ({ lga }) => lga,
      (wards) => is.mean(wards, TPR),
    ),
  )
  groups(
    'group',
    'compare the tiers by average housing quality',
    is.groups(
      all,
      ({ tier }) => tier,
      (wards) => is.mean(wards, HOUSING),
    ),
  )
  groups(
    'group',
    'people per risk category',
    is.groups(all, ({ tier }) => tier, people),
  )
  {
    const counts = is.groups(
      high,
      ({ lga }) => lga,
      (wards) => wards.length,
    )
    groups('group', 'LGA with the fewest High wards', counts, is.leastGroups(counts, 1))
  }
  figures('share', 'what % of High wards are in Bakoro', (100 * is.inLga(high, 'Bakoro').length) / high.length)
  figures('share', 'the proportion of people who live in Medium wards', (100 * people(medium)) / people(all))
  figures('corr', 'how strongly do elevation and TPR move together', is.correlation(all, HEIGHT, TPR))
  rows(
    'list',
    'five wards with the poorest access to a clinic i.e. longest distance',
    is.greatest(all, CLINIC, 5),
    true,
  )
  rows('list', 'which 2 wards have most rain in Dumawa', is.greatest(is.inLga(all, 'Dumawa'), RAIN, 2), true)
  rows('list', 'wards sorted from lowest to highest TPR', is.least(all, TPR, 20), true)
  rows(
    'part',
    'worst 25% of wards in Dumawa',
    is.byRank(is.inLga(all, 'Dumawa'), Math.ceil(is.inLga(all, 'Dumawa').length / 4)),
    true,
  )
  rows(
    'each',
    'best housing quality ward of each LGA',
    [...new Set(all.map(({ lga }) => lga))].sort().flatMap((lga) => is.greatest(is.inLga(all, lga), HOUSING, 1)),
    true,
  )
  asks('which wards have bad roads', /Which wards/)
  asks('wards with high rainfall', /How much/)
  asks('how many wards in Kaduna', /Kaduna/)
  figures(
    'compare',
    'is the population of Bakoro bigger than that of Tsamiya',
    people(is.inLga(all, 'Bakoro')),
    people(is.inLga(all, 'Tsamiya')),
  )
  draws('plot TPR against elevation for Low wards', {
    kind: 'scatter',
    where: [{ column: 'tier', op: '=', value: 'Low' }],
    x: HEIGHT,
    y: TPR,
  })
  after('plan 30,000 nets', () => {
    figures('nets', 'so how many persons does it protect?', covered(30_000))
    figures('nets', 'nets for Tudun Kuka', gets(30_000).get('Tudun Kuka')!)
    figures('whatif', 'and with 45,000?', 45_000, covered(45_000))
    figures('whatif', 'thirty percent more', 39_000, covered(39_000))
    figures('whatif', 'do it for Bakoro alone', covered(30_000, is.inLga(all, 'Bakoro')))
    asks('make sure pregnant women get nets first', /pregnant|women|first/)
    asks('split the nets equally between LGAs', /split|equal/)
    says('nets', 'which ward is served last?', /last/)
  })
  after('top 8 wards', () => {
    rows(
      'follow',
      'sort them by population',
      is.greatest(
        is.byRank(all, 8).map((name) => all.find((ward) => ward.name === name)!),
        'population',
      ),
      true,
    )
    rows(
      'follow',
      'which of them have rainfall over 950?',
      more(
        all.filter(({ rank }) => rank <= 8),
        RAIN,
        950,
      ),
    )
    figures(
      'follow',
      'average TPR of these',
      is.mean(
        all.filter(({ rank }) => rank <= 8),
        TPR,
      ),
    )
  })
  after('average rainfall in Bakoro', () => {
    figures('follow', 'what of Dumawa?', is.mean(is.inLga(all, 'Dumawa'), RAIN))
    figures('follow', 'and the median?', is.median(is.inLga(all, 'Bakoro'), RAIN))
  })
  return found
}
