import type { Question } from './judge.ts'
import { questionList } from './question-list.ts'
import * as is from './truth.ts'
import type { Ward } from './truth.ts'

const TPR = 'test_positivity_rate'
const RAIN = 'mean_rainfall_mm'
const HOUSING = 'housing_quality'
const PEOPLE = 'population'
const URBAN = 'urban_percentage'

/** What programmes ask when they decide about nets: parts of all wards, LGAs by a figure, plans with rules, orders. */
export function questionsOfProgrammes(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, says, after } = questionList()
  const high = is.inTier(all, 'High')
  const over = (column: string, than: number, among = all): readonly Ward[] =>
    is.where(among, column, (value) => value > than)
  const ranked = (most: number): readonly Ward[] => all.filter(({ rank }) => rank <= most)
  const percent = (part: number, whole: number): number => (100 * part) / whole
  const inOrder = (among: readonly Ward[], column: string): readonly string[] =>
    is.greatest(among, column, among.length)
  const lgas = [...new Set(all.map(({ lga }) => lga))]
  const lgaMean = ({ lga }: Ward, column: string): number => is.mean(is.inLga(all, lga), column)

  // A part of all wards
  rows('part', 'top 10 % of wards by TPR', is.greatest(all, TPR, 6), true)
  rows('part', 'top decile of wards by population', is.greatest(all, PEOPLE, 6), true)
  rows('part', 'the 5 % of wards with the highest TPR', is.greatest(all, TPR, 3), true)
  rows('part', 'list the riskiest 20 percent of wards', ranked(12))
  rows('part', 'the third most populous ward', is.greatest(all, PEOPLE, 3).slice(2))
  figures(
    'part',
    'what share of the population lives in the 10 riskiest wards?',
    percent(is.sum(ranked(10), PEOPLE), is.sum(all, PEOPLE)),
  )
  figures(
    'part',
    'what share of people are in the top 10 % of wards by risk',
    percent(is.sum(ranked(6), PEOPLE), is.sum(all, PEOPLE)),
  )
  const bakoro = is.inLga(all, 'Bakoro')
  const tenth = is.byRank(bakoro, Math.ceil(bakoro.length / 10))
  rows('part', 'top 10 percent of wards in Bakoro', tenth)
  asks('High wards in the top 10 percent by rainfall', /part of all/)

  // Shares of the right whole
  const inBoth = is.inLga(high, 'Bakoro')
  figures('whole', 'share of Bakoro wards among the High tier', percent(inBoth.length, high.length))
  figures(
    'whole',
    'percentage of wards with TPR over 50 in Dumawa',
    percent(over(TPR, 50, is.inLga(all, 'Dumawa')).length, is.inLga(all, 'Dumawa').length),
  )
  figures('whole', 'how many wards in Tsamiya are over 50 % urban?', over(URBAN, 50, is.inLga(all, 'Tsamiya')).length)
  says(
    'whole',
    'share of High wards per LGA',
    /Bakoro: the share of the wards where tier is "High" is 73\.3333 percent/,
  )

  // LGAs by a figure of their own
  figures(
    'picked',
    'in LGAs with a mean rainfall above 850, how many people are there?',
    is.sum(
      all.filter((ward) => lgaMean(ward, RAIN) > 850),
      PEOPLE,
    ),
  )
  rows(
    'picked',
    'High wards in LGAs with an average TPR above 50',
    high.filter((ward) => lgaMean(ward, TPR) > 50),
  )
  groups(
    'picked',
    'which LGA has fewer than 250,000 people',
    Object.fromEntries(
      lgas
        .map((lga): [string, number] => [lga, is.sum(is.inLga(all, lga), PEOPLE)])
        .filter(([, people]) => people < 250_000),
    ),
  )
  asks('average population of LGAs', /total of each LGA/)
  asks('in which LGA is the ward with the highest rainfall?', /list the wards/)

  // Orders
  rows('sort', 'list the wards of Dumawa sorted by population', inOrder(is.inLga(all, 'Dumawa'), PEOPLE), true)
  rows(
    'sort',
    'show wards in Bakoro from the highest to the lowest rainfall',
    inOrder(is.inLga(all, 'Bakoro'), RAIN),
    true,
  )
  rows(
    'sort',
    'wards of Gidan Ruwa in alphabetical order',
    is
      .inLga(all, 'Gidan Ruwa')
      .map(({ name }) => name)
      .sort(),
    true,
  )
  rows(
    'sort',
    'sort the High wards by LGA then by population',
    is
      .inTier(all, 'High')
      .toSorted(
        (one, other) =>
          (one.lga < other.lga ? -1 : one.lga > other.lga ? 1 : 0) || is.num(other, PEOPLE)! - is.num(one, PEOPLE)!,
      ),
    true,
  )
  const highOf = is.groups(
    all,
    ({ lga }) => lga,
    (wards) => is.inTier(wards, 'High').length,
  )
  groups(
    'picked',
    'LGAs with at least 5 High wards',
    Object.fromEntries(Object.entries(highOf).filter(([, count]) => count >= 5)),
  )
  rows(
    'sort',
    'most urban ward in each LGA',
    lgas.toSorted().flatMap((lga) => is.greatest(is.inLga(all, lga), URBAN, 1)),
  )

  // A count of an LGA's wards picks LGAs, and says nothing else at once
  for (const question of [
    'How many wards are in LGAs with at least 10 High wards',
    'List wards in LGAs with at least 5 High wards',
    'number of High wards in LGAs with at least 10 wards',
    'chart of LGAs with at least 10 High wards',
    'share of wards in LGAs with at least 5 High wards',
    'correlation of rainfall and TPR in LGAs with at least 5 High wards',
    'LGAs with at least 50% High wards',
    'LGAs with at least 2 High wards and more than 50,000 people',
    'LGAs with at least 5 High wards by tier',
    'average rainfall in LGAs with at least 5 High wards',
    'LGAs with at least 5 High wards by population',
    'LGAs with at least 5 High wards and their population',
  ])
    asks(question, /./)
  // Neither a map nor a cleaning takes a condition
  for (const question of [
    'map of the High wards that are urban',
    'map of the urban wards',
    'map of wards that get nets',
    'risk map of High tier without Low',
    'map of the top wards',
    'map of the High wards with the most people',
  ])
    asks(question, /./)

  // Answers to something else
  asks('how many wards are riskier than Kofar Gawo', /./)
  asks('wards near Kofar Gawo', /./)
  asks('which wards border Bakoro', /border/)
  asks('how many wards have the word Kuka in their name?', /./)
  asks('does Bakoro have the highest TPR?', /others/)
  asks('population of Doka Lemo, Gadar Kwari and Hayin Yamma together', /./)
  asks('how many wrads get tpr abov 50', /abov/)
  after('list the High wards in Bakoro', () => {
    rows('follow', 'show only the top 3', is.byRank(inBoth, 3), true)
    figures('follow', 'how many are rural?', is.where(inBoth, URBAN, (value) => value < 75).length)
    asks('sort by housing quality and then by population', /one order/)
    asks('add this to the report', /form of its own/)
  })

  // Plans with rules
  const need = (ward: Ward): number => Math.ceil(((is.num(ward, PEOPLE) ?? NaN) * 5) / 9)
  const enough = (wards: readonly Ward[]): number => wards.reduce((sum, ward) => sum + need(ward), 0)
  figures('rules', 'plan 120,000 nets keeping 10,000 in reserve', 110_000, 10_000)
  figures('rules', 'plan 120,000 nets with a 5 % buffer', 114_000, 6_000)
  says('rules', 'allocate 100,000 nets but protect the High wards', /urban rule does not touch wards of tier High/)
  says(
    'rules',
    'plan 100,000 nets, leave out Tudun Kuka because of conflict',
    /"Tudun Kuka" is left out, because: conflict/,
  )
  figures('rules', 'plan 900,000 nets for wards with TPR above 45', enough(over(TPR, 45)))
  figures('rules', 'plan 900,000 nets for the top 10 wards', enough(ranked(10)))
  figures(
    'rules',
    'allocate 900,000 nets only to wards where housing quality is below 0.4',
    enough(is.where(all, HOUSING, (value) => value < 0.4)),
  )
  for (const message of [
    'plan 100,000 nets with priority to pregnant women',
    'plan 100,000 nets but give each ward the same number',
    'plan 100,000 nets by TPR instead of the score',
    'plan 100,000 nets in two rounds',
    'plan 300,000 nets at 2 people per net',
  ])
    asks(message, /./)
  asks('who loses if we have 150000?', /no net plan yet/)
  after('plan 250,000 nets', () => {
    says('rules', 'which wards lose out if we only have 200,000?', /Of 200,000 nets/)
    says('rules', 'who loses if we have 150000?', /Of 150,000 nets/)
    figures('rules', 'keep 20,000 for ANC', 230_000, 20_000)
    figures('rules', 'keep 10 % as buffer', 225_000, 25_000)
    figures('rules', 'only wards with rainfall over 850', enough(over(RAIN, 850)))
    asks('which wards get less than 50 % of their need', /./)
    asks('what if Bakoro is flooded', /./)
  })
  return found
}
