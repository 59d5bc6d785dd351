import type { Question } from './judge.ts'
import { questionList } from './question-list.ts'
import * as is from './truth.ts'
import type { Ward } from './truth.ts'

const TPR = 'test_positivity_rate'
const RAIN = 'mean_rainfall_mm'

/** Questions about each LGA of the sample, about wards beside others, and about one of two conditions. */
export function questionsOfGroups(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, says, after } = questionList()
  const lgas = [...new Set(all.map(({ lga }) => lga))].sort()
  const ofEach = (order: (wards: readonly Ward[], count: number) => readonly string[], count: number): string[] =>
    lgas.flatMap((lga) => order(is.inLga(all, lga), count))
  const most =
    (column: string) =>
    (wards: readonly Ward[], count: number): readonly string[] =>
      is.greatest(wards, column, count)
  const besideLga = (column: string, isAbove: boolean): readonly Ward[] =>
    is
      .where(all, column, () => true)
      .filter((ward) => {
        const mean = is.mean(is.inLga(all, ward.lga), column)
        return isAbove ? is.num(ward, column)! > mean : is.num(ward, column)! < mean
      })
  const either = (...sides: readonly (readonly Ward[])[]): readonly Ward[] =>
    all.filter((ward) => sides.some((side) => side.includes(ward)))
  const over = (column: string, than: number): readonly Ward[] => is.where(all, column, (value) => value > than)
  const under = (column: string, than: number): readonly Ward[] => is.where(all, column, (value) => value < than)
  const ward = (name: string): Ward => all.find((each) => each.name === name)!

  // The first wards of each LGA
  rows('each', 'the 3 worst wards of each LGA', ofEach(is.byRank, 3), true)
  rows('each', 'top 2 wards per LGA', ofEach(is.byRank, 2), true)
  rows('each', 'show the two safest wards in every LGA', ofEach(is.byRankLast, 2), true)
  rows('each', 'top 5 wards by TPR in each LGA', ofEach(most(TPR), 5), true)
  rows('each', 'three most populous wards in each local government', ofEach(most('population'), 3), true)
  rows('each', 'which ward has the highest rainfall in each LGA', ofEach(most(RAIN), 1), true)
  // Wards beside their own LGA
  rows('own', 'wards with TPR above the average of their LGA', besideLga(TPR, true))
  rows('own', 'which wards have rainfall below their LGA average', besideLga(RAIN, false))
  figures('own', 'how many wards have population above the mean of their LGA', besideLga('population', true).length)
  for (const message of [
    'is the TPR of Tudun Kuka above its LGA average',
    'how does Tudun Kuka compare with its LGA average for TPR',
  ])
    figures('own', message, is.num(ward('Tudun Kuka'), TPR)!, is.mean(is.inLga(all, ward('Tudun Kuka').lga), TPR))
  asks('which wards have TPR above the average of Bakoro', /Bakoro/)
  // One of two conditions
  rows('or', 'wards with TPR over 50 or rainfall under 900', either(over(TPR, 50), under(RAIN, 900)))
  rows(
    'or',
    'wards that are High or have population above 20,000',
    either(is.inTier(all, 'High'), over('population', 20_000)),
  )
  figures(
    'or',
    'how many wards in Bakoro have TPR above 50 or rainfall below 850',
    either(over(TPR, 50), under(RAIN, 850)).filter(({ lga }) => lga === 'Bakoro').length,
  )
  asks('wards with TPR over 50 and rainfall under 900 or elevation over 400', /or/)
  asks('High wards in Bakoro or Low wards in Dumawa', /or/)
  // Adjectives that compare
  figures(
    'than',
    'is Tudun Kuka wetter than Unguwar Lemo?',
    ...['Tudun Kuka', 'Unguwar Lemo'].map((name) => is.num(ward(name), RAIN)!),
  )
  says(
    'than',
    'is Tudun Kuka wetter than Unguwar Lemo?',
    is.num(ward('Tudun Kuka'), RAIN)! > is.num(ward('Unguwar Lemo'), RAIN)!
      ? /Tudun Kuka has the greater/
      : /Unguwar Lemo has the greater/,
  )
  figures(
    'than',
    'is Bakoro drier than Dumawa',
    is.mean(is.inLga(all, 'Bakoro'), RAIN),
    is.mean(is.inLga(all, 'Dumawa'), RAIN),
  )
  figures(
    'than',
    'which is more populous, Tsamiya or Dumawa',
    ...['Tsamiya', 'Dumawa'].map((lga) => is.sum(is.inLga(all, lga), 'population')),
  )
  rows('than', 'wards wetter than 950', over(RAIN, 950))
  asks('which wards are wetter than Tudun Kuka', /Tudun Kuka/)
  // Numbers that are taken to be true
  asks(
    `show all the ${String(lgas.length + 3)} LGAs`,
    new RegExp(`${String(lgas.length)} LGAs, not ${String(lgas.length + 3)}`),
  )
  asks('rank all the 90 wards by rainfall', /60 wards, not 90/)
  rows('claim', 'all 60 wards by rainfall', is.greatest(all, RAIN), true)
  says(
    'claim',
    'list the 40 wards of Bakoro',
    new RegExp(`There are ${String(is.inLga(all, 'Bakoro').length)} wards, not 40`),
  )
  rows('claim', 'list all the 4 wards of Bakoro', is.inLga(all, 'Bakoro'))
  says(
    'claim',
    'list all the 4 wards of Bakoro',
    new RegExp(`There are ${String(is.inLga(all, 'Bakoro').length)} wards, not 4`),
  )
  // The place of an LGA
  const scores = is.groups(
    all,
    ({ lga }) => lga,
    (wards) => is.mean(wards, 'score'),
  )
  const place = is.greatestGroups(scores, lgas.length).indexOf('Dumawa') + 1
  for (const message of [
    'where does Dumawa LGA stand',
    'how does Dumawa LGA rank among the LGAs',
    'what is the rank of Dumawa LGA',
  ])
    says('rank', message, new RegExp(`Dumawa LGA is number ${String(place)} of ${String(lgas.length)}`))
  says('rank', 'how does Dumawa stand compared to other LGAs?', new RegExp(`Dumawa LGA is number ${String(place)} of`))
  // Comparisons with the column between, and other forms of the same
  rows('own', 'which wards have higher TPR than the average for their LGA', besideLga(TPR, true))
  rows('than', 'wards drier than the average of their LGA', besideLga(RAIN, false))
  rows('filter', 'wards with TPR either below 35 or above 55', either(under(TPR, 35), over(TPR, 55)))
  figures(
    'count',
    'how many High wards are in Bakoro and above 400 in elevation',
    over('elevation_m', 400).filter((each) => each.tier === 'High' && each.lga === 'Bakoro').length,
  )
  rows('list', 'wards by distance to clinic, farthest first', is.greatest(all, 'distance_to_clinic_km'), true)
  rows('list', 'wards less than 6 km from clinic', under('distance_to_clinic_km', 6))
  groups(
    'compare',
    'compare High and Low tiers by TPR',
    is.groups(
      is.inTier(all, 'High', 'Low'),
      ({ tier }) => tier,
      (wards) => is.mean(wards, TPR),
    ),
  )
  rows('each', 'top 3 in each LGA', ofEach(is.byRank, 3), true)
  rows(
    'rank',
    'which wards in Bakoro are in the top 20',
    is.inLga(all, 'Bakoro').filter(({ rank }) => rank <= 20),
  )
  figures(
    'sum',
    'population of the 15 wards at highest risk',
    is.sum(
      all.filter(({ rank }) => rank <= 15),
      'population',
    ),
  )
  figures('stats', 'mean test positivity across Dumawa', is.mean(is.inLga(all, 'Dumawa'), TPR))
  rows(
    'list',
    '5 biggest wards by population among the Low tier',
    is.greatest(is.inTier(all, 'Low'), 'population', 5),
    true,
  )
  asks('which LGA has the highest TPR and how many people live there?', /two messages/)
  asks('nearest wards to Tudun Kuka', /nearest/)
  // Follow-ups
  after('wards with TPR above 50', () => {
    rows(
      'follow',
      'and rainfall below 950?',
      under(RAIN, 950).filter((each) => is.num(each, TPR)! > 50),
    )
  })
  after('top 55 wards', () => {
    figures('follow', 'how many of them are in Bakoro', is.inLga(all, 'Bakoro').filter(({ rank }) => rank <= 55).length)
  })
  after('top 3 wards in each LGA', () => {
    rows(
      'follow',
      'sort them by population',
      is.greatest(
        all.filter(({ name }) => ofEach(is.byRank, 3).includes(name)),
        'population',
      ),
      true,
    )
  })
  asks('share of the top 20 wards that are High', /by conditions/)
  figures(
    'share',
    'percentage of people living more than 8 from clinic',
    (100 * is.sum(over('distance_to_clinic_km', 8), 'population')) / is.sum(all, 'population'),
  )
  after('wards with TPR above 55', () => {
    rows('follow', 'and in Bakoro?', is.inLga(over(TPR, 55), 'Bakoro'))
  })
  // Parts of a message
  figures(
    'several',
    'how many wards in Bakoro and how many people?',
    is.inLga(all, 'Bakoro').length,
    is.sum(is.inLga(all, 'Bakoro'), 'population'),
  )
  says(
    'several',
    'how many wards in Bakoro, and which are High?',
    new RegExp(`^${String(is.inLga(all, 'Bakoro').length)} of 60 wards`),
  )
  rows('several', 'how many wards in Bakoro, and which are High?', is.inTier(is.inLga(all, 'Bakoro'), 'High'))
  return found
}
