import type { Question } from './judge.ts'
import { questionList } from './question-list.ts'
import * as is from './truth.ts'
import type { Ward } from './truth.ts'

const STOCK = 300_000

/** Questions about 40 invented wards of a city: no LGAs, shares of one, and a plan of 300,000 nets. */
export function questionsOfCity(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, draws } = questionList()
  const high = is.inTier(all, 'High')
  const medium = is.inTier(all, 'Medium')
  const low = is.inTier(all, 'Low')
  const over = (column: string, than: number, wards = all): readonly Ward[] =>
    is.where(wards, column, (value) => value > than)
  const under = (column: string, than: number, wards = all): readonly Ward[] =>
    is.where(wards, column, (value) => value < than)
  const ofTier = (figure: (wards: readonly Ward[]) => number, wards = all): Readonly<Record<string, number>> =>
    is.groups(wards, ({ tier }) => tier, figure)
  const plan = is.allocate(all, STOCK, 'population', 'urban_percentage')
  const nets = ({ name }: Ward): number => plan.get(name)?.nets ?? 0
  const need = ({ name }: Ward): number => plan.get(name)?.need ?? 0

  // Shares of one, as percentages and as numbers
  rows('scale', 'wards with tpr over 40%', over('tpr_u5', 0.4))
  rows('scale', 'tpr_u5 above 0.5', over('tpr_u5', 0.5))
  figures(
    'scale',
    'how many wards have tpr between 20 and 30 percent',
    is.where(all, 'tpr_u5', (value) => value >= 0.2 && value <= 0.3).length,
  )
  figures('scale', 'how many wards get tpr under 15 per cent', under('tpr_u5', 0.15).length)
  rows('scale', 'housing less than 0.2', under('housing', 0.2))
  figures(
    'scale',
    'number of wards where housing is at least 90%',
    is.where(all, 'housing', (value) => value >= 0.9).length,
  )
  rows('scale', 'wards with urban percentage over 75', over('urban_percentage', 75))
  rows('scale', 'wards with urban percentage above 80%', over('urban_percentage', 80))
  asks('wards with tpr over 40', /percent/)
  asks('the 2 worst wards of each LGA', /by LGA/)
  asks('wards with tpr_u5 above the mean of their LGA', /by LGA/)
  // Urban by the share that the plan uses
  figures('urban', 'how many urban wards do we have', is.where(all, 'urban_percentage', (value) => value >= 75).length)
  figures('urban', 'how many rural wards', under('urban_percentage', 75).length)
  rows(
    'urban',
    'which urban wards are High?',
    is.where(high, 'urban_percentage', (value) => value >= 75),
  )
  figures('urban', 'total population of rural wards', is.sum(under('urban_percentage', 75), 'population'))
  figures(
    'urban',
    'what percent of people dey live for urban wards',
    (100 *
      is.sum(
        is.where(all, 'urban_percentage', (value) => value >= 75),
        'population',
      )) /
      is.sum(all, 'population'),
  )
  // Counts and sums
  figures('count', 'how many wards are low risk', low.length)
  figures('count', 'how many wards have over fifty thousand people', over('population', 50_000).length)
  figures('count', 'number of wards with rain_mm more than 600', over('rain_mm', 600).length)
  figures('count', 'how many High wards have dist_to_clinic under 1000', under('dist_to_clinic', 1_000, high).length)
  figures('count', 'wards with mean temp below 25: how many?', under('mean_temp', 25).length)
  figures('count', 'how many wards are not High', medium.length + low.length)
  figures('count', 'how many wards no be Low', high.length + medium.length)
  figures(
    'sum',
    'how many people live in the city wards in total population'
      .replace(' city', '')
      .replace(' in total population', ''),
    is.sum(all, 'population'),
  )
  figures('sum', 'total population in the medium tier', is.sum(medium, 'population'))
  figures('sum', 'population of High and Medium wards', is.sum([...high, ...medium], 'population'))
  figures('sum', 'how many people live in wards where tpr is above 50%', is.sum(over('tpr_u5', 0.5), 'population'))
  figures(
    'sum',
    'population of the top 5 wards',
    is.sum(
      all.filter(({ rank }) => rank <= 5),
      'population',
    ),
  )
  // Statistics
  figures('stats', 'mean tpr', is.mean(all, 'tpr_u5'))
  figures('stats', 'what is the average rain_mm of High wards?', is.mean(high, 'rain_mm'))
  figures('stats', 'median housing', is.median(all, 'housing'))
  figures('stats', 'sd of tpr_u5', is.deviation(all, 'tpr_u5'))
  figures('stats', '5th percentile of dist_to_clinic', is.quantile(all, 'dist_to_clinic', 0.05))
  figures('stats', 'percentile 95 of population', is.quantile(all, 'population', 0.95))
  figures('stats', 'average mean_temp for wards with tpr above 45%', is.mean(over('tpr_u5', 0.45), 'mean_temp'))
  figures('stats', 'population-weighted housing', is.weightedMean(all, 'housing', 'population'))
  figures('stats', 'average tpr among wards with more than 60000 people', is.mean(over('population', 60_000), 'tpr_u5'))
  figures('stats', 'mean temp and mean rain of low risk wards', is.mean(low, 'mean_temp'), is.mean(low, 'rain_mm'))
  figures('stats', 'median population of the High tier', is.median(high, 'population'))
  // Filters, lists, the ranking
  rows('filter', 'wards with rain_mm < 450 and housing > 0.5', over('housing', 0.5, under('rain_mm', 450)))
  rows('filter', 'High or Medium wards with population over 80k', over('population', 80_000, [...high, ...medium]))
  rows('filter', 'wards wey population pass eighty thousand', over('population', 80_000))
  rows(
    'filter',
    'wards hotter than average? i.e. mean temp above average'.replace('hotter than average? i.e. ', 'with '),
    over('mean_temp', is.mean(all, 'mean_temp')),
  )
  rows('filter', 'which wards have dist to clinic exceeding 3500', over('dist_to_clinic', 3_500))
  rows(
    'filter',
    'wards with tpr missing',
    all.filter((ward) => is.num(ward, 'tpr_u5') === null),
  )
  rows(
    'filter',
    'list the low risk wards with tpr at most 10%',
    is.where(low, 'tpr_u5', (value) => value <= 0.1),
  )
  rows('filter', 'Low wards whose population is below the mean', under('population', is.mean(all, 'population'), low))
  rows('list', 'hottest 4 wards', is.greatest(all, 'mean_temp', 4), true)
  rows('list', 'which ward has the highest tpr?', is.greatest(all, 'tpr_u5', 1), true)
  rows(
    'list',
    'five wards with the worst... lowest housing'.replace('worst... ', ''),
    is.least(all, 'housing', 5),
    true,
  )
  rows('list', 'nearest 3 wards to clinic', is.least(all, 'dist_to_clinic', 3), true)
  rows('list', 'which High ward has the most people', is.greatest(high, 'population', 1), true)
  rows('list', 'eight wards with the least rain', is.least(all, 'rain_mm', 8), true)
  rows('list', 'order all wards by population', is.greatest(all, 'population'), true)
  rows('list', 'wards dey far from clinic pass, give me six', is.greatest(all, 'dist_to_clinic', 6), true)
  rows('list', 'largest 5 wards by population among Low wards', is.greatest(low, 'population', 5), true)
  rows('rank', 'give me the first 12 wards', is.byRank(all, 12), true)
  rows('rank', 'Show bottom 7', is.byRankLast(all, 7), true)
  rows('rank', 'the 3 riskiest wards with housing over 50%', is.byRank(over('housing', 0.5), 3), true)
  rows(
    'rank',
    'top 5 wards without those with tpr above 60%'.replace(
      'without those with tpr above 60%',
      'with tpr not above 60%',
    ),
    is.byRank(
      is.where(all, 'tpr_u5', (value) => value <= 0.6),
      5,
    ),
    true,
  )
  // Groups and comparisons
  groups(
    'group',
    'average tpr by tier',
    ofTier((wards) => is.mean(wards, 'tpr_u5')),
  )
  groups(
    'group',
    'population for each tier',
    ofTier((wards) => is.sum(wards, 'population')),
  )
  groups(
    'group',
    'median dist_to_clinic per tier',
    ofTier((wards) => is.median(wards, 'dist_to_clinic')),
  )
  groups(
    'compare',
    'High against Low: mean housing',
    ofTier((wards) => is.mean(wards, 'housing'), [...high, ...low]),
  )
  groups(
    'compare',
    'compare average rain in High, Medium and Low wards',
    ofTier((wards) => is.mean(wards, 'rain_mm')),
  )
  figures('correlation', 'do tpr and housing move together', is.correlation(all, 'tpr_u5', 'housing'))
  figures('correlation', 'correlation between rain_mm and mean_temp', is.correlation(all, 'rain_mm', 'mean_temp'))
  figures('share', 'what share of wards are Medium?', (100 * medium.length) / all.length)
  figures(
    'share',
    'what fraction of the people are in Low wards',
    (100 * is.sum(low, 'population')) / is.sum(all, 'population'),
  )
  // What the plan gives
  rows(
    'plan',
    'which wards get no nets?',
    all.filter((ward) => nets(ward) === 0),
  )
  figures('plan', 'how many wards are fully served', all.filter((ward) => nets(ward) === need(ward)).length)
  rows(
    'plan',
    'which ward got only part of its nets',
    all.filter((ward) => nets(ward) > 0 && nets(ward) < need(ward)),
  )
  figures('plan', 'how many High wards receive no nets', high.filter((ward) => nets(ward) === 0).length)
  figures(
    'plan',
    'population of wards without nets',
    is.sum(
      all.filter((ward) => nets(ward) === 0),
      'population',
    ),
  )
  // Several questions in one message
  found.push({
    category: 'several',
    message: 'how many wards are High, and which ward has the highest housing?',
    expected: { all: [{ figures: [high.length] }, { rows: is.greatest(all, 'housing', 1), isOrdered: true }] },
  })
  found.push({
    category: 'several',
    message: 'average tpr in High wards? And how many people live there?',
    expected: { figures: [is.mean(high, 'tpr_u5'), is.sum(high, 'population')] },
  })
  // Charts
  draws('histogram of tpr', { kind: 'histogram', column: 'tpr_u5' })
  draws('plot rain_mm against mean_temp for High wards', {
    kind: 'scatter',
    where: [{ column: 'tier', op: '=', value: 'High' }],
    x: 'mean_temp',
    y: 'rain_mm',
  })
  draws('box plot of housing by tier', { kind: 'box', column: 'housing', groupBy: 'tier' })
  draws('bar chart of number of wards per tier', { kind: 'bar', groupBy: 'tier', measure: { measure: 'count' } })
  draws('bar chart of the 10 wards with highest population', {
    kind: 'bar',
    measure: { measure: 'sum', column: 'population' },
    limit: 10,
    order: 'descending',
  })
  draws('heatmap of correlations between housing, rain_mm, tpr_u5', {
    kind: 'correlation',
    columns: ['housing', 'rain_mm', 'tpr_u5'],
  })
  // What cannot be answered as it stands is asked
  asks('average tpr by LGA', /LGA/)
  asks('wards in Ikeja with tpr over 30%', /Ikeja/)
  asks('total of High wards in the north', /north/)
  asks('wards with tpr over a lot', /over/)
  return found
}
