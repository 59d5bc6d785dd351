import type { Question } from './judge.ts'
import { questionList } from './question-list.ts'
import * as is from './truth.ts'
import type { Ward } from './truth.ts'

const TPR = 'test-positivity'
const RAIN = 'Mean Rainfall'
const FACILITY = 'Distance to Health Facility'
const PEOPLE = 'Total Population'

/** Questions about 84 invented wards: names of columns with spaces and dashes, a column called `total`, gaps. */
export function questionsOfCoast(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, draws } = questionList()
  const high = is.inTier(all, 'High')
  const low = is.inTier(all, 'Low')
  const over = (column: string, than: number, wards = all): readonly Ward[] =>
    is.where(wards, column, (value) => value > than)
  const under = (column: string, than: number, wards = all): readonly Ward[] =>
    is.where(wards, column, (value) => value < than)
  const gaps = (column: string, wards = all): readonly Ward[] => wards.filter((ward) => is.num(ward, column) === null)
  const with_ = (column: string, value: string, wards = all): readonly Ward[] =>
    wards.filter(({ cells }) => cells[column] === value)
  const ofLga = (figure: (wards: readonly Ward[]) => number, wards = all): Readonly<Record<string, number>> =>
    is.groups(wards, ({ lga }) => lga, figure)
  const ofZone = (figure: (wards: readonly Ward[]) => number, wards = all): Readonly<Record<string, number>> =>
    is.groups(wards, ({ cells }) => cells.Zone ?? '', figure)
  const ofTier = (figure: (wards: readonly Ward[]) => number, wards = all): Readonly<Record<string, number>> =>
    is.groups(wards, ({ tier }) => tier, figure)

  // Names of columns as the file has them, and as people shorten them
  figures('names', 'sum of total', is.sum(all, 'total'))
  figures('names', 'mean of nets_per_capita', is.mean(all, 'nets_per_capita'))
  figures('names', 'median of nets per capita in Hansa LGA', is.median(is.inLga(all, 'Hansa'), 'nets_per_capita'))
  rows('names', 'wards with total over 800', over('total', 800))
  rows('names', 'top 4 wards by nets_per_capita', is.greatest(all, 'nets_per_capita', 4), true)
  figures('names', 'average of test-positivity for High wards', is.mean(high, TPR))
  figures('names', 'AVERAGE MEAN RAINFALL IN PANDU', is.mean(is.inLga(all, 'Pandu'), RAIN))
  rows('names', 'wards with distance to health facility above 16', over(FACILITY, 16))
  figures('names', 'total population of Folomi', is.sum(is.inLga(all, 'Folomi'), PEOPLE))
  groups(
    'names',
    'mean of total by zone',
    ofZone((wards) => is.mean(wards, 'total')),
  )
  // Gaps
  rows('gaps', 'which wards have no test positivity?', gaps(TPR))
  rows('gaps', 'wards with missing elevation', gaps('Elevation'))
  figures('gaps', 'how many wards lack a value for test-positivity', gaps(TPR).length)
  figures('gaps', 'number of wards where test positivity is not missing', 84 - gaps(TPR).length)
  rows('gaps', 'show wards without test positivity in Okpara', gaps(TPR, is.inLga(all, 'Okpara')))
  figures('gaps', 'how many wards dey wey no get value for elevation', gaps('Elevation').length)
  rows('gaps', 'test positivity is blank for which wards', gaps(TPR))
  // Urban and rural, and values of a column
  figures('urban', 'how many urban wards are there', with_('Urban', 'Yes').length)
  figures('urban', 'how many wards are not urban?', with_('Urban', 'No').length)
  rows('urban', 'urban wards in Jebbe', with_('Urban', 'Yes', is.inLga(all, 'Jebbe')))
  figures('urban', 'population of rural wards', is.sum(with_('Urban', 'No'), PEOPLE))
  figures('urban', 'average test positivity of urban High wards', is.mean(with_('Urban', 'Yes', high), TPR))
  figures(
    'urban',
    'what share of people live in urban wards',
    (100 * is.sum(with_('Urban', 'Yes'), PEOPLE)) / is.sum(all, PEOPLE),
  )
  rows('urban', 'Coastal wards with rainfall over 1500', over(RAIN, 1_500, with_('Zone', 'Coastal')))
  figures('urban', 'how many riverine wards are in the high tier', with_('Zone', 'Riverine', high).length)
  figures(
    'urban',
    'how many wards are inland or coastal',
    with_('Zone', 'Inland').length + with_('Zone', 'Coastal').length,
  )
  rows(
    'urban',
    'wards in Ekura that are not Inland',
    is.inLga(all, 'Ekura').filter(({ cells }) => cells.Zone !== 'Inland'),
  )
  // Counts
  figures('count', 'How many wards dey High for Wukira?', is.inLga(high, 'Wukira').length)
  figures('count', 'count wards with rainfall over one thousand two hundred', over(RAIN, 1_200).length)
  figures(
    'count',
    'how many wards have more than 30k people and elevation below 100',
    under('Elevation', 100, over(PEOPLE, 30_000)).length,
  )
  figures(
    'count',
    'how many wards have test positivity between twenty and thirty percent',
    is.where(all, TPR, (value) => value >= 20 && value <= 30).length,
  )
  figures(
    'count',
    'how many wards in Okpara have test positivity of at least 35?',
    is.where(is.inLga(all, 'Okpara'), TPR, (value) => value >= 35).length,
  )
  figures(
    'count',
    'how many of the top 20 wards are in Folomi',
    is.inLga(all, 'Folomi').filter(({ rank }) => rank <= 20).length,
  )
  figures('count', 'number of Low wards outside Ekura and Hansa', is.notInLga(low, 'Ekura', 'Hansa').length)
  figures(
    'count',
    'how many wards have test positivity above 45 or below 15',
    is.where(all, TPR, (value) => value > 45 || value < 15).length,
  )
  figures('count', 'how many LGAs do we have?', 7)
  figures('count', 'how many wards have above average rainfall', over(RAIN, is.mean(all, RAIN)).length)
  // Sums and statistics
  figures('sum', 'how many people live in wards wey test positivity pass 40', is.sum(over(TPR, 40), PEOPLE))
  figures('sum', 'total population of High wards in Pandu and Jebbe', is.sum(is.inLga(high, 'Pandu', 'Jebbe'), PEOPLE))
  figures('sum', 'people in riverine wards', is.sum(with_('Zone', 'Riverine'), PEOPLE))
  figures(
    'sum',
    'how many people live where distance to health facility is over 10',
    is.sum(over(FACILITY, 10), PEOPLE),
  )
  figures('sum', 'sum of total for wards with rainfall under 800', is.sum(under(RAIN, 800), 'total'))
  figures('stats', 'median elevation', is.median(all, 'Elevation'))
  figures('stats', '90th percentile of test-positivity', is.quantile(all, TPR, 0.9))
  figures('stats', 'std dev of Mean Rainfall', is.deviation(all, RAIN))
  figures('stats', 'population weighted mean test positivity', is.weightedMean(all, TPR, PEOPLE))
  figures('stats', 'average distance to health facility in coastal wards', is.mean(with_('Zone', 'Coastal'), FACILITY))
  figures('stats', 'lower quartile of rainfall for High wards', is.quantile(high, RAIN, 0.25))
  figures('stats', 'minimum test positivity in Wukira LGA', Math.min(...is.values(is.inLga(all, 'Wukira'), TPR)))
  figures('stats', 'maximum rainfall of rural wards', Math.max(...is.values(with_('Urban', 'No'), RAIN)))
  figures('stats', 'what is the typical elevation of Low wards', is.mean(low, 'Elevation'))
  figures(
    'stats',
    'median and average total population for Hansa',
    is.median(is.inLga(all, 'Hansa'), PEOPLE),
    is.mean(is.inLga(all, 'Hansa'), PEOPLE),
  )
  figures('stats', 'standard deviation of elevation among High wards', is.deviation(high, 'Elevation'))
  figures('stats', 'mean test positivity outside Folomi', is.mean(is.notInLga(all, 'Folomi'), TPR))
  // Filters and lists
  rows(
    'filter',
    'wards with test positivity >= 40 and rainfall <= 1000',
    is.where(
      is.where(all, TPR, (value) => value >= 40),
      RAIN,
      (value) => value <= 1_000,
    ),
  )
  rows(
    'filter',
    'wards where rainfall is between 1000 and 1100',
    is.where(all, RAIN, (value) => value >= 1_000 && value <= 1_100),
  )
  rows('filter', 'list High wards in Hansa, Folomi and Pandu', is.inLga(high, 'Hansa', 'Folomi', 'Pandu'))
  rows('filter', 'which rural wards have less than 5000 people', under(PEOPLE, 5_000, with_('Urban', 'No')))
  rows(
    'filter',
    'wards with elevation not more than 40',
    is.where(all, 'Elevation', (value) => value <= 40),
  )
  rows('filter', 'abeg show wards wey rainfall no reach 760', under(RAIN, 760))
  rows(
    'filter',
    'wards with test positivity higher than the median and distance to health facility over 14',
    over(FACILITY, 14, over(TPR, is.median(all, TPR))),
  )
  rows(
    'filter',
    'rank 30 to 35',
    all.filter(({ rank }) => rank >= 30 && rank <= 35),
  )
  rows('list', 'five wards with the highest test positivity', is.greatest(all, TPR, 5), true)
  rows('list', 'which coastal ward has the lowest elevation?', is.least(with_('Zone', 'Coastal'), 'Elevation', 1), true)
  rows('list', '3 driest wards in Ekura', is.least(is.inLga(all, 'Ekura'), RAIN, 3), true)
  rows(
    'list',
    'top three wards in Okpara by distance to health facility',
    is.greatest(is.inLga(all, 'Okpara'), FACILITY, 3),
    true,
  )
  rows('list', 'six most populated wards', is.greatest(all, PEOPLE, 6), true)
  rows('list', 'Low wards ordered by test positivity', is.greatest(low, TPR), true)
  rows('list', 'which ward get rain pass for Jebbe', is.greatest(is.inLga(all, 'Jebbe'), RAIN, 1), true)
  rows('list', 'wards in Wukira', is.inLga(all, 'Wukira'))
  rows('rank', 'worst 6 wards in Pandu', is.byRank(is.inLga(all, 'Pandu'), 6), true)
  rows('rank', 'ten safest wards outside Hansa', is.byRankLast(is.notInLga(all, 'Hansa'), 10), true)
  rows('rank', 'top 5 urban wards', is.byRank(with_('Urban', 'Yes'), 5), true)
  rows('rank', 'top 3 wards wey no dey Folomi or Jebbe', is.byRank(is.notInLga(all, 'Folomi', 'Jebbe'), 3), true)
  // Groups
  groups(
    'group',
    'average test positivity per zone',
    ofZone((wards) => is.mean(wards, TPR)),
  )
  groups(
    'group',
    'people by zone',
    ofZone((wards) => is.sum(wards, PEOPLE)),
  )
  groups(
    'group',
    'how many wards per LGA are urban',
    ofLga((wards) => wards.length, with_('Urban', 'Yes')),
  )
  groups(
    'group',
    'median rainfall in each LGA',
    ofLga((wards) => is.median(wards, RAIN)),
  )
  groups(
    'group',
    'which zone has the highest mean elevation',
    ofZone((wards) => is.mean(wards, 'Elevation')),
    is.greatestGroups(ofZone((wards) => is.mean(wards, 'Elevation'))),
  )
  groups(
    'group',
    'which LGA get the lowest average rainfall',
    ofLga((wards) => is.mean(wards, RAIN)),
    is.leastGroups(ofLga((wards) => is.mean(wards, RAIN))),
  )
  groups(
    'group',
    'three LGAs with the most people',
    ofLga((wards) => is.sum(wards, PEOPLE)),
    is.greatestGroups(
      ofLga((wards) => is.sum(wards, PEOPLE)),
      3,
    ),
  )
  groups(
    'group',
    'count of wards by tier for rural wards',
    ofTier((wards) => wards.length, with_('Urban', 'No')),
  )
  groups(
    'group',
    'number of high risk wards by zone',
    ofZone((wards) => wards.length, high),
  )
  groups(
    'group',
    'break down average test positivity by tier',
    ofTier((wards) => is.mean(wards, TPR)),
  )
  groups(
    'group',
    'population of each LGA',
    ofLga((wards) => is.sum(wards, PEOPLE)),
  )
  // Shares, correlations, comparisons
  figures('share', 'what proportion of wards are high risk in the whole state', (100 * high.length) / 84)
  figures(
    'share',
    'percentage of people in wards with test positivity above 30',
    (100 * is.sum(over(TPR, 30), PEOPLE)) / is.sum(all, PEOPLE),
  )
  figures('correlation', 'correlation of rainfall and elevation', is.correlation(all, RAIN, 'Elevation'))
  figures(
    'correlation',
    'how strongly is test positivity linked to distance to health facility',
    is.correlation(all, TPR, FACILITY),
  )
  figures(
    'correlation',
    'relationship between total and nets_per_capita in rural wards',
    is.correlation(with_('Urban', 'No'), 'total', 'nets_per_capita'),
  )
  groups(
    'compare',
    'urban vs rural: compare Coastal and Inland wards on average rainfall'.replace('urban vs rural: ', ''),
    ofZone(
      (wards) => is.mean(wards, RAIN),
      all.filter(({ cells }) => cells.Zone !== 'Riverine'),
    ),
  )
  groups(
    'compare',
    'Is test positivity higher in High than in Low wards? give mean',
    ofTier((wards) => is.mean(wards, TPR), [...high, ...low]),
  )
  groups(
    'compare',
    'compare mean elevation of Hansa with Wukira',
    ofLga((wards) => is.mean(wards, 'Elevation'), is.inLga(all, 'Hansa', 'Wukira')),
  )
  // Several questions in one message
  found.push({
    category: 'several',
    message: 'how many urban wards are High and how many people live there?',
    expected: { figures: [with_('Urban', 'Yes', high).length, is.sum(with_('Urban', 'Yes', high), PEOPLE)] },
  })
  found.push({
    category: 'several',
    message: 'List the top 3 wards and show their population',
    expected: {
      all: [
        { rows: is.byRank(all, 3), isOrdered: true },
        { figures: all.filter(({ rank }) => rank <= 3).map((ward) => is.num(ward, PEOPLE) ?? 0) },
      ],
    },
  })
  found.push({
    category: 'several',
    message: 'what is the median rainfall, and which LGA has the highest mean rainfall?',
    expected: {
      all: [
        { figures: [is.median(all, RAIN)] },
        {
          groups: ofLga((wards) => is.mean(wards, RAIN)),
          first: is.greatestGroups(ofLga((wards) => is.mean(wards, RAIN))),
        },
      ],
    },
  })
  // Charts
  draws('histogram of rainfall', { kind: 'histogram', column: RAIN })
  draws('show me the distribution of test positivity in High wards', {
    kind: 'histogram',
    where: [{ column: 'tier', op: '=', value: 'High' }],
    column: TPR,
  })
  draws('scatter plot of rainfall against elevation', { kind: 'scatter', x: 'Elevation', y: RAIN })
  draws('plot test positivity vs Mean Rainfall', { kind: 'scatter', x: RAIN, y: TPR })
  draws('boxplot of elevation by zone', { kind: 'box', column: 'Elevation', groupBy: 'Zone' })
  draws('box plot of test positivity by tier', { kind: 'box', column: TPR, groupBy: 'tier' })
  draws('bar chart of average rainfall by LGA', {
    kind: 'bar',
    groupBy: 'lga',
    measure: { measure: 'mean', column: RAIN },
  })
  draws('bar chart of population per LGA', { kind: 'bar', groupBy: 'lga', measure: { measure: 'sum', column: PEOPLE } })
  draws('pie chart of the tiers', { kind: 'bar', groupBy: 'tier', measure: { measure: 'count' }, insteadOfPie: true })
  draws('correlation matrix of rainfall, elevation and test positivity', {
    kind: 'correlation',
    columns: [RAIN, 'Elevation', TPR],
  })
  draws('bar chart of number of wards by zone', { kind: 'bar', groupBy: 'Zone', measure: { measure: 'count' } })
  // Every value of a column asks for each, and gaps are counted
  groups(
    'group',
    'median Mean Rainfall for coastal, inland and riverine',
    ofZone((wards) => is.median(wards, RAIN)),
  )
  figures('gaps', 'how many missing values in Elevation', gaps('Elevation').length)
  // What cannot be answered as it stands is asked
  asks('average rainfal in Hannsa', /Hansa/)
  asks('wards with test positivity over 40 and good roads', /good|roads/)
  asks('how many wards are high in Lagos LGA', /Lagos/)
  asks('correlation of rainfall', /other column|which/i)
  asks('wards with small population', /Total Population/)
  asks('top 20 for rainfall and top 20 for test positivity, which wards are in both', /order|one/i)
  return found
}
