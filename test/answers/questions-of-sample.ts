import type { Question } from './judge.ts'
import { questionList } from './question-list.ts'
import * as is from './truth.ts'
import type { Ward } from './truth.ts'

const TPR = 'test_positivity_rate'
const RAIN = 'mean_rainfall_mm'
const CLINIC = 'distance_to_clinic_km'
const HOUSING = 'housing_quality'

/** Questions about the sample: 60 wards, 4 LGAs, no gaps. */
export function questionsOfSample(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks } = questionList()
  const high = is.inTier(all, 'High')
  const low = is.inTier(all, 'Low')
  const over = (column: string, than: number, wards = all): readonly Ward[] =>
    is.where(wards, column, (value) => value > than)
  const under = (column: string, than: number, wards = all): readonly Ward[] =>
    is.where(wards, column, (value) => value < than)
  const ofLga = (figure: (wards: readonly Ward[]) => number, wards = all): Readonly<Record<string, number>> =>
    is.groups(wards, ({ lga }) => lga, figure)
  const ofTier = (figure: (wards: readonly Ward[]) => number, wards = all): Readonly<Record<string, number>> =>
    is.groups(wards, ({ tier }) => tier, figure)

  // Counts
  figures('count', 'how many wards are High?', high.length)
  figures('count', 'how many low risk wards do we have in Bakoro', is.inLga(low, 'Bakoro').length)
  figures('count', 'number of wards with tpr above 55', over(TPR, 55).length)
  figures(
    'count',
    'Count the wards where rainfall is below 900 and elevation is over 420',
    under(RAIN, 900, over('elevation_m', 420)).length,
  )
  figures(
    'count',
    'how many wards in Tsamiya or Dumawa have population over 15,000?',
    over('population', 15_000, is.inLga(all, 'Tsamiya', 'Dumawa')).length,
  )
  figures(
    'count',
    'how many medium wards have housing quality under 0.4',
    under(HOUSING, 0.4, is.inTier(all, 'Medium')).length,
  )
  figures('count', 'pls how many ward dey for Gidan Ruwa LGA', is.inLga(all, 'Gidan Ruwa').length)
  figures(
    'count',
    'how many of the wards in Bakoro are High or Medium?',
    is.inTier(is.inLga(all, 'Bakoro'), 'High', 'Medium').length,
  )
  figures('count', 'how many wards get TPR wey pass 50', over(TPR, 50).length)
  figures(
    'count',
    'how many wards have at least 12 thousand people',
    is.where(all, 'population', (value) => value >= 12_000).length,
  )
  figures(
    'count',
    'tell me the number of wards with rainfall between 850 and 950 mm',
    is.where(all, RAIN, (value) => value >= 850 && value <= 950).length,
  )
  figures('count', 'How many wards have a TPR of 50 or more?', is.where(all, TPR, (value) => value >= 50).length)
  figures('count', 'how many wards no reach 10,000 people', under('population', 10_000).length)
  // Sums
  figures('sum', 'total population', is.sum(all, 'population'))
  figures('sum', 'how many people live in the high risk wards?', is.sum(high, 'population'))
  figures('sum', 'sum of population for Dumawa', is.sum(is.inLga(all, 'Dumawa'), 'population'))
  figures('sum', 'population of Tsamiya LGA', is.sum(is.inLga(all, 'Tsamiya'), 'population'))
  figures('sum', 'How many people are in wards with TPR more than 50%', is.sum(over(TPR, 50), 'population'))
  figures('sum', 'combined population of the low risk wards in Bakoro', is.sum(is.inLga(low, 'Bakoro'), 'population'))
  figures('sum', 'total number of people in Sample state', is.sum(all, 'population'))
  figures(
    'sum',
    'total population of the top 10 wards',
    is.sum(
      all.filter(({ rank }) => rank <= 10),
      'population',
    ),
  )
  figures(
    'sum',
    'how many persons dey live for Bakoro and Dumawa',
    is.sum(is.inLga(all, 'Bakoro', 'Dumawa'), 'population'),
  )
  figures('sum', 'total population of wards with distance to clinic over 8 km', is.sum(over(CLINIC, 8), 'population'))
  figures('sum', 'people living outside Bakoro', is.sum(is.notInLga(all, 'Bakoro'), 'population'))
  // Figures of a column
  figures('stats', 'average rainfall', is.mean(all, RAIN))
  figures('stats', 'what is the mean elevation?', is.mean(all, 'elevation_m'))
  figures('stats', 'median tpr', is.median(all, TPR))
  figures('stats', 'standard deviation of housing quality', is.deviation(all, HOUSING))
  figures('stats', '75th percentile of rainfall', is.quantile(all, RAIN, 0.75))
  figures('stats', 'the 10th percentile of population please', is.quantile(all, 'population', 0.1))
  figures(
    'stats',
    'min and max of elevation',
    Math.min(...is.values(all, 'elevation_m')),
    Math.max(...is.values(all, 'elevation_m')),
  )
  figures('stats', 'average TPR in Gidan Ruwa LGA', is.mean(is.inLga(all, 'Gidan Ruwa'), TPR))
  figures('stats', 'median population of High wards', is.median(high, 'population'))
  figures('stats', 'mean and median rainfall of low risk wards', is.mean(low, RAIN), is.median(low, RAIN))
  figures(
    'stats',
    'average rainfall and elevation in Dumawa',
    is.mean(is.inLga(all, 'Dumawa'), RAIN),
    is.mean(is.inLga(all, 'Dumawa'), 'elevation_m'),
  )
  figures('stats', 'population-weighted average TPR', is.weightedMean(all, TPR, 'population'))
  figures(
    'stats',
    'average tpr weighted by population in Tsamiya',
    is.weightedMean(is.inLga(all, 'Tsamiya'), TPR, 'population'),
  )
  figures('stats', 'upper quartile of test positivity', is.quantile(all, TPR, 0.75))
  figures('stats', 'average risk score of Bakoro', is.mean(is.inLga(all, 'Bakoro'), 'score'))
  figures('stats', 'wetin be average housing quality for High wards', is.mean(high, HOUSING))
  figures('stats', 'range of EVI', Math.min(...is.values(all, 'mean_EVI')), Math.max(...is.values(all, 'mean_EVI')))
  // Rows that satisfy conditions
  rows('filter', 'wards with TPR over 55', over(TPR, 55))
  rows('filter', 'list wards where tpr > 50 and rainfall < 900', under(RAIN, 900, over(TPR, 50)))
  rows('filter', 'which wards have fewer than 8,000 people?', under('population', 8_000))
  rows('filter', 'show me wards in Bakoro with elevation above 450', over('elevation_m', 450, is.inLga(all, 'Bakoro')))
  rows('filter', 'high risk wards with housing quality below 0.35', under(HOUSING, 0.35, high))
  rows(
    'filter',
    'all wards with population between 10k and 12k',
    is.where(all, 'population', (value) => value >= 10_000 && value <= 12_000),
  )
  rows('filter', 'wards wey TPR dey above 50 for Dumawa', over(TPR, 50, is.inLga(all, 'Dumawa')))
  rows('filter', 'wards where rainfall is above average', over(RAIN, is.mean(all, RAIN)))
  rows(
    'filter',
    'wards with above average TPR and below average housing quality',
    under(HOUSING, is.mean(all, HOUSING), over(TPR, is.mean(all, TPR))),
  )
  rows('filter', 'wards whose elevation is below the median', under('elevation_m', is.median(all, 'elevation_m')))
  rows('filter', 'settlement_type_poor over 70%', over('settlement_type_poor', 0.7))
  rows('filter', 'give me every ward where distance to clinic exceeds nine', over(CLINIC, 9))
  rows('filter', 'urban percentage less than 5', under('urban_percentage', 5))
  rows(
    'filter',
    'wards ranked between 11 and 15',
    all.filter(({ rank }) => rank >= 11 && rank <= 15),
  )
  rows(
    'filter',
    'Medium wards in Tsamiya with more than 12000 people',
    over('population', 12_000, is.inTier(is.inLga(all, 'Tsamiya'), 'Medium')),
  )
  // Lists and orders
  rows('list', 'list the wards in Dumawa LGA', is.inLga(all, 'Dumawa'))
  rows('list', 'show all medium risk wards', is.inTier(all, 'Medium'))
  rows('list', 'Which ward has the highest TPR', is.greatest(all, TPR, 1), true)
  rows('list', 'which ward has the lowest rainfall?', is.least(all, RAIN, 1), true)
  rows('list', 'top five wards by population', is.greatest(all, 'population', 5), true)
  rows('list', 'the three most populous wards in Bakoro', is.greatest(is.inLga(all, 'Bakoro'), 'population', 3), true)
  rows('list', '4 wards with the least elevation', is.least(all, 'elevation_m', 4), true)
  rows(
    'list',
    'bottom 3 wards by housing quality in Gidan Ruwa LGA',
    is.least(is.inLga(all, 'Gidan Ruwa'), HOUSING, 3),
    true,
  )
  rows('list', 'which High wards have the highest rainfall? give me five', is.greatest(high, RAIN, 5), true)
  rows('list', 'sort the wards of Tsamiya by tpr', is.greatest(is.inLga(all, 'Tsamiya'), TPR), true)
  rows('list', 'which ward dey far from clinic pass?', is.greatest(all, CLINIC, 1), true)
  rows('list', 'wettest 6 wards', is.greatest(all, RAIN, 6), true)
  rows('list', 'which ward get people pass for Dumawa', is.greatest(is.inLga(all, 'Dumawa'), 'population', 1), true)
  rows('list', 'seven wards with smallest population', is.least(all, 'population', 7), true)
  // The ranking
  rows('rank', 'top 8 wards', is.byRank(all, 8), true)
  rows('rank', 'bottom five', is.byRankLast(all, 5), true)
  rows('rank', 'abeg show me 4 wards wey malaria no too dey', is.byRankLast(all, 4), true)
  rows('rank', 'which 3 wards get malaria pass', is.byRank(all, 3), true)
  rows('rank', 'six riskiest wards in Dumawa', is.byRank(is.inLga(all, 'Dumawa'), 6), true)
  rows('rank', 'safest two wards of Tsamiya', is.byRankLast(is.inLga(all, 'Tsamiya'), 2), true)
  rows('rank', 'the five most vulnerable wards that are not in Bakoro', is.byRank(is.notInLga(all, 'Bakoro'), 5), true)
  rows(
    'rank',
    'top 5 wards except those in Dumawa and Tsamiya',
    is.byRank(is.notInLga(all, 'Dumawa', 'Tsamiya'), 5),
    true,
  )
  rows('rank', 'top ten wards with fewer than 12000 people', is.byRank(under('population', 12_000), 10), true)
  // Negation
  rows('not', 'wards that are not High in Bakoro', is.inTier(is.inLga(all, 'Bakoro'), 'Medium', 'Low'))
  rows('not', 'high risk wards outside Gidan Ruwa', is.notInLga(high, 'Gidan Ruwa'))
  rows('not', 'High wards wey no dey for Bakoro', is.notInLga(high, 'Bakoro'))
  figures('not', 'how many wards are neither High nor Medium', low.length)
  figures('not', 'count wards not in Bakoro, Dumawa or Tsamiya', is.notInLga(all, 'Bakoro', 'Dumawa', 'Tsamiya').length)
  rows(
    'not',
    'wards where tpr is not above 35',
    is.where(all, TPR, (value) => value <= 35),
  )
  // Groups
  groups(
    'group',
    'average TPR by LGA',
    ofLga((wards) => is.mean(wards, TPR)),
  )
  groups(
    'group',
    'how many people per LGA',
    ofLga((wards) => is.sum(wards, 'population')),
  )
  groups(
    'group',
    'number of wards in each tier',
    ofTier((wards) => wards.length),
  )
  groups(
    'group',
    'mean rainfall for each tier',
    ofTier((wards) => is.mean(wards, RAIN)),
  )
  groups(
    'group',
    'High wards per LGA',
    ofLga((wards) => wards.length, high),
  )
  groups(
    'group',
    'which LGA has the most High wards?',
    ofLga((wards) => wards.length, high),
    is.greatestGroups(ofLga((wards) => wards.length, high)),
  )
  groups(
    'group',
    'which LGA has the highest average TPR',
    ofLga((wards) => is.mean(wards, TPR)),
    is.greatestGroups(ofLga((wards) => is.mean(wards, TPR))),
  )
  groups(
    'group',
    'LGA with the lowest mean elevation',
    ofLga((wards) => is.mean(wards, 'elevation_m')),
    is.leastGroups(ofLga((wards) => is.mean(wards, 'elevation_m'))),
  )
  groups(
    'group',
    'top 2 LGAs by population',
    ofLga((wards) => is.sum(wards, 'population')),
    is.greatestGroups(
      ofLga((wards) => is.sum(wards, 'population')),
      2,
    ),
  )
  groups(
    'group',
    'median housing quality per LGA',
    ofLga((wards) => is.median(wards, HOUSING)),
  )
  groups(
    'group',
    'which local government get people pass',
    ofLga((wards) => is.sum(wards, 'population')),
    is.greatestGroups(ofLga((wards) => is.sum(wards, 'population'))),
  )
  groups(
    'group',
    'average rainfall of High wards by LGA',
    ofLga((wards) => is.mean(wards, RAIN), high),
  )
  groups(
    'group',
    'rank the LGAs by mean tpr',
    ofLga((wards) => is.mean(wards, TPR)),
    is.greatestGroups(
      ofLga((wards) => is.mean(wards, TPR)),
      4,
    ),
  )
  // Shares, correlations, comparisons
  figures(
    'share',
    'what share of people live in High wards?',
    (100 * is.sum(high, 'population')) / is.sum(all, 'population'),
  )
  figures('share', 'what percentage of wards have tpr over 50', (100 * over(TPR, 50).length) / all.length)
  figures(
    'share',
    'percentage of the population in Bakoro',
    (100 * is.sum(is.inLga(all, 'Bakoro'), 'population')) / is.sum(all, 'population'),
  )
  figures(
    'share',
    'what percentage of wards in Dumawa are High',
    (100 * is.inLga(high, 'Dumawa').length) / is.inLga(all, 'Dumawa').length,
  )
  figures(
    'share',
    'what share of people in Bakoro live in Low wards?',
    (100 * is.sum(is.inLga(low, 'Bakoro'), 'population')) / is.sum(is.inLga(all, 'Bakoro'), 'population'),
  )
  figures('correlation', 'is rainfall related to tpr?', is.correlation(all, RAIN, TPR))
  figures(
    'correlation',
    'correlation between elevation and housing quality',
    is.correlation(all, 'elevation_m', HOUSING),
  )
  figures('correlation', 'does EVI go together with rainfall in the High wards', is.correlation(high, 'mean_EVI', RAIN))
  groups(
    'compare',
    'average TPR in High vs Low wards',
    ofTier((wards) => is.mean(wards, TPR), [...high, ...low]),
  )
  groups(
    'compare',
    'compare Bakoro and Dumawa LGA',
    ofLga((wards) => is.mean(wards, 'score'), is.inLga(all, 'Bakoro', 'Dumawa')),
  )
  groups(
    'compare',
    'Tsamiya against Bakoro: mean rainfall',
    ofLga((wards) => is.mean(wards, RAIN), is.inLga(all, 'Tsamiya', 'Bakoro')),
  )
  // Several questions in one message
  found.push({
    category: 'several',
    message: 'How many High wards are in Dumawa and what is their population?',
    expected: { figures: [is.inLga(high, 'Dumawa').length, is.sum(is.inLga(high, 'Dumawa'), 'population')] },
  })
  found.push({
    category: 'several',
    message: 'What is the average rainfall and which ward is lowest?',
    expected: { all: [{ figures: [is.mean(all, RAIN)] }, { rows: is.least(all, RAIN, 1), isOrdered: true }] },
  })
  found.push({
    category: 'several',
    message: 'how many wards are Low? and which LGA has the most people?',
    expected: {
      all: [
        { figures: [low.length] },
        {
          groups: ofLga((wards) => is.sum(wards, 'population')),
          first: is.greatestGroups(ofLga((wards) => is.sum(wards, 'population'))),
        },
      ],
    },
  })
  // What cannot be answered as it stands is asked
  asks('wards with high rainfall', /rainfall/)
  asks('how many wards are in Kaduna?', /Kaduna/)
  asks('wards with TPR over 50 and purple roofs', /purple roofs|purple/)
  asks('wards ranked above 20', /rank/i)
  asks('worst ward for elevation', /highest|lowest/)
  asks('average of the wards in Bakoro', /which column/i)
  asks('mean humidity of High wards', /humidity/)
  asks('average TPR of the riskiest wards', /how many/i)
  return found
}
