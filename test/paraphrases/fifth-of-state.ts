import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'
import * as is from '../answers/truth.ts'
import type { Ward } from '../answers/truth.ts'

const TPR = 'u5_tpr_rdt'

/** Questions about a state whose wards are not ranked yet. */
export function fifthBeforeRanking(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, says } = questionList()
  says(
    'first',
    'Good morning. I have finished uploading our ward sheet and the shapefile for Tamburi. Kindly advise on what I ' +
      'should do from here.',
    /275 wards in 25 LGAs.*choose 2 to 10 indicators/,
  )
  figures('count', 'abeg how many local govts dey inside this file', 25)
  says(
    'count',
    'How many wards are in the table, and does every one of them have its shape in the boundary file?',
    /275 wards in 25 LGAs[\s\S]*275 of 275 wards are joined to a boundary/,
  )
  rows('list', 'names of all the wards that fall under Wurobi local government', is.inLga(all, 'Wurobi'))
  says(
    'help',
    'in plain words, what can this thing actually do for a state malaria programme? keep it short',
    /describe and check the wards.*maps and charts.*plan bed nets/,
  )
  return found
}

/** Questions about a state whose wards are ranked. */
export function fifthOfState(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, says, draws } = questionList()
  const high = is.inTier(all, 'High')
  const people = (wards: readonly Ward[]): number => is.sum(wards, 'population')
  const need = (wards: readonly Ward[]): number =>
    wards.reduce((sum, ward) => sum + Math.ceil((is.num(ward, 'population') ?? 0) / 1.8), 0)
  const ofLga = ({ lga }: Ward): string => lga
  const lgas = [...new Set(all.map(ofLga))]
  const perLga = (column: string, of = is.mean): Readonly<Record<string, number>> =>
    is.groups(all, ofLga, (wards) => of(wards, column))
  const ofClass = (name: string): readonly Ward[] => all.filter(({ cells }) => cells['settlement_class'] === name)
  const [poorest, largest, smallest] = [
    is.leastGroups(perLga('housing_quality'), 5),
    is.greatestGroups(perLga('population', is.sum)),
    is.leastGroups(perLga('population', is.sum)),
  ]
  const ofThese = (figures: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> =>
    Object.fromEntries(names.map((name) => [name, figures[name] ?? NaN]))
  const firdako =
    is.num(
      all.find(({ name }) => name === 'Firdako')!,
      TPR,
    ) ?? NaN

  rows(
    'rank',
    'Ranks 88 through 95: which wards are those, and on which side of the High/Medium line does each fall?',
    is.byRank(all).slice(87, 95),
    true,
  )
  says(
    'rank',
    'where does Felunde stand? i mean the ward, not the LGA',
    /Felunde LGA\) has rank 43 of 275.*score 0\.625/,
  )
  groups(
    'not',
    'Name the LGAs that do not have even one high risk ward.',
    Object.fromEntries(lgas.filter((lga) => is.inLga(high, lga).length === 0).map((lga) => [lga, 0])),
  )
  rows(
    'rank',
    'For each LGA, the single ward with the highest risk. One line per LGA.',
    lgas.flatMap((lga) => is.byRank(is.inLga(all, lga), 1)),
  )
  rows(
    'hausa',
    'Wadanne unguwanni biyar ne suka fi hadari a karamar hukumar Gwamari?',
    is.byRank(is.inLga(all, 'Gwamari'), 5),
    true,
  )
  figures('hausa', 'Mutane nawa ke zaune a karamar hukumar Wurobi?', people(is.inLga(all, 'Wurobi')))
  rows('french', 'Quels sont les quatre wards les moins à risque ?', is.byRankLast(all, 4), true)
  figures(
    'explain',
    'Please break the score of Dagkemo down for me, indicator by indicator.',
    ...[60, 0.607403, 0.360449, 0.711668, 0.548971, 0.698648, 0.3373, 0.987385],
  )
  says('explain', 'tell me about Lamkeko', /No ward is called "Lamkeko".*Lamkeko\/Turruwa/)
  asks('why Kofar Yashi dey the list?', /TBSKUR04.*TBSNAS07/)
  says(
    'explain',
    'How sure can we be about Kwalrisa? in what share of the models does it come into the top third?',
    /rank 93 of 275, tier Medium.*upper third in 50\.9 percent of the 57 models/,
  )
  says('wrong', 'why did Bankeka come out on top of everybody?', /not number 1: its rank is 248.*Number 1 is Edekomo/)
  says(
    'wrong',
    'What must change so that Sokriri South leaves the high tier?',
    /Sokriri South is not in the High tier: its rank is 183 of 275, tier Medium/,
  )
  says('wrong', 'how come Tunga is number one?', /No ward is called "Tunga".*Tunga Maidara.*Number 1 is Edekomo/)
  says(
    'clean',
    'we left housing quality of Zugruko blank on purpose. what value did the analysis use for it and where did that ' +
      'come from?',
    /housing_quality \(0\.1667, filled in with the mean of the column/,
  )
  figures(
    'stats',
    'lower and upper quartile of elevation across the state',
    is.quantile(all, 'elevation', 0.25),
    is.quantile(all, 'elevation', 0.75),
  )
  figures('stats', 'How spread out are ward populations - SD?', is.deviation(all, 'population'))
  figures(
    'stats',
    'State TPR weighted by ward population (I do not want the simple mean)',
    is.weightedMean(all, TPR, 'population'),
  )
  figures(
    'group',
    'Most populus LGA and least populus LGA with their figures',
    ...Object.values(ofThese(perLga('population', is.sum), [...largest, ...smallest])),
  )
  figures(
    'stats',
    'The donor asks: what percentage of the population is in high tier wards?',
    (100 * people(high)) / people(all),
  )
  figures(
    'group',
    'Number of wards and number of people for rural, peri-urban and urban, side by side',
    ...['rural', 'peri-urban', 'urban'].flatMap((name) => [ofClass(name).length, people(ofClass(name))]),
  )
  groups(
    'group',
    'average housing quality per LGA, and show only the five poorest',
    ofThese(perLga('housing_quality'), poorest),
    poorest,
  )
  asks(
    'Highest TPR ward, lowest TPR ward, and the gap between the two?',
    /do not subtract.*Highest TPR ward\? .*lowest TPR/,
  )
  figures(
    'compare',
    'put Amkara and Agwendi LGA next to each other: mean score, high wards, people',
    ...['Amkara', 'Agwendi'].flatMap((lga) => {
      const own = is.inLga(all, lga)
      return [is.mean(own, 'score'), is.inLga(high, lga).length, people(own)]
    }),
  )
  rows(
    'filter',
    'High-tier wards with a population below 10,000, leaving out those in Gwamari',
    is.where(is.notInLga(high, 'Gwamari'), 'population', (value) => value < 10_000),
  )
  rows(
    'filter',
    'Which wards of Mokande have a higher TPR than Firdako?',
    is.where(is.inLga(all, 'Mokande'), TPR, (value) => value > firdako),
  )
  rows(
    'filter',
    'wards that hold more than three times the average ward population',
    is.where(all, 'population', (value) => value > 3 * is.mean(all, 'population')),
  )
  rows(
    'filter',
    'Shirwano or Gandaki wards where at least 30% of the tested children were positive',
    is.where(is.inLga(all, 'Shirwano', 'Gandaki'), TPR, (value) => value >= 30),
  )
  rows(
    'not',
    'high risk but not rural - which wards?',
    high.filter(({ cells }) => cells['settlement_class'] !== 'rural'),
  )
  figures(
    'filter',
    'cuont of wards with TPR btw 20 and 25',
    is.where(all, TPR, (value) => value >= 20 && value <= 25).length,
  )
  figures(
    'filter',
    'how many wards have an urban percentage of 20 or more but still below 75',
    is.where(all, 'urbanPercentage', (value) => value >= 20 && value < 75).length,
  )
  says('filter', 'Do we have any ward with TPR above 50?', /^0 of 275 wards/)
  rows(
    'not',
    'wards where rainfall is not less than 112',
    is.where(all, 'mean_rainfall', (value) => value >= 112),
  )
  rows(
    'list',
    'For Nasowa LGA which 4 wards dey farthest from water?',
    is.greatest(is.inLga(all, 'Nasowa'), 'distance_to_water', 4),
    true,
  )
  rows('list', 'smalest three wards by populaton in Lafenji', is.least(is.inLga(all, 'Lafenji'), 'population', 3), true)
  figures('chart', 'plot elevation against TPR as a scatter', is.correlation(all, TPR, 'elevation'), 274)
  says('map', 'I want a map with nothing but the low tier on it', /tier of 91 wards of the Low tier and of no other/)
  says('map', 'risk map of Lafenji LGA alone, not the whole state', /tier of 12 wards in Lafenji LGA and of no other/)
  draws('bar chart, mean TPR by local goverment', {
    kind: 'bar',
    groupBy: 'lga',
    measure: { measure: 'mean', column: TPR },
  })
  figures('nets', 'nets needed for High and Medium together', need(is.inTier(all, 'High', 'Medium')))
  return found
}
