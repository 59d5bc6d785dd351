import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'
import * as is from '../answers/truth.ts'
import type { Ward } from '../answers/truth.ts'

const TPR = 'u5_tpr_rdt'

/** Questions about a state whose wards are ranked: precise statisticians, slips, and several parts. */
export function sixthOfState(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, says, draws } = questionList()
  const high = is.inTier(all, 'High')
  const ofLga = ({ lga }: Ward): string => lga
  const classOf = ({ cells }: Ward): string => cells['settlement_class'] ?? ''
  const people = (wards: readonly Ward[]): number => is.sum(wards, 'population')
  const need = (wards: readonly Ward[]): number =>
    wards.reduce((sum, ward) => sum + Math.ceil((is.num(ward, 'population') ?? 0) / 1.8), 0)
  const perLga = (of: (wards: readonly Ward[]) => number): Readonly<Record<string, number>> => is.groups(all, ofLga, of)
  const picked = (
    figures: Readonly<Record<string, number>>,
    test: (value: number) => boolean,
  ): Record<string, number> => Object.fromEntries(Object.entries(figures).filter(([, value]) => test(value)))
  const shareOf = (...tiers: readonly string[]): Readonly<Record<string, number>> =>
    perLga((wards) => is.inTier(wards, ...tiers).length / wards.length)
  const worstOf = (...names: readonly string[]): readonly string[] =>
    names.flatMap((lga) => is.byRank(is.inLga(all, lga), 1))
  const cellsOf = (name: string): Ward => all.find((ward) => ward.name === name)!

  rows(
    'filter',
    'Wards whose u5_tpr_rdt lies strictly between 28 and 30, excluding the LGAs Shirwano and Bandiga.',
    is.where(is.notInLga(all, 'Shirwano', 'Bandiga'), TPR, (value) => value > 28 && value < 30),
  )
  figures(
    'stats',
    'Restrict to Kurmada LGA and give me the Pearson correlation between elevation and mean_rainfall',
    is.correlation(is.inLga(all, 'Kurmada'), 'elevation', 'mean_rainfall'),
    is.inLga(all, 'Kurmada').length,
  )
  figures(
    'stats',
    'IQR of housing_quality please, and on how many wards it is based',
    is.quantile(all, 'housing_quality', 0.25),
    is.quantile(all, 'housing_quality', 0.75),
    is.values(all, 'housing_quality').length,
  )
  figures(
    'group',
    'median ward population, separately for each tier',
    ...['High', 'Medium', 'Low'].map((tier) => is.median(is.inTier(all, tier), 'population')),
  )
  figures(
    'group',
    'u5_tpr_rdt in Sambiga against Gabuko: I need mean AND median of both',
    ...['Sambiga', 'Gabuko'].flatMap((lga) => [is.mean, is.median].map((of) => of(is.inLga(all, lga), TPR))),
  )
  asks('Are there ties? i.e. do any two wards share the same rank?', /ties/)
  asks('Where is the top-decile cut-off of avgRAD, and how many wards lie above it?', /cut-off/)
  figures(
    'stats',
    'Gandaki: what fraction of the total land area (totalArea) of the state is that?',
    (100 * is.sum(is.inLga(all, 'Gandaki'), 'totalArea')) / is.sum(all, 'totalArea'),
  )
  figures(
    'stats',
    'pfpr is not one of our six indicators. How strongly does the composite score correlate with it?',
    is.correlation(all, 'score', 'pfpr'),
    is.values(all, 'pfpr').length,
  )
  figures(
    'stats',
    'population-weighted mean elevation of the Low tier',
    is.weightedMean(is.inTier(all, 'Low'), 'elevation', 'population'),
  )
  asks(
    'How many High wards reach the top third in fewer than half of the models, and which is the weakest of them?',
    /./,
  )
  says('pca', 'Take the PCA ranking, please: which three wards head it?', /Yorketu.*Bandasa.*Kpewanga/)
  groups(
    'group',
    'Which local governments have more than six high-tier wards?',
    picked(
      perLga((wards) => is.inTier(wards, 'High').length),
      (count) => count > 6,
    ),
  )
  groups(
    'group',
    'Local govts wey people no reach 250,000, which ones?',
    picked(perLga(people), (sum) => sum < 250_000),
  )
  groups(
    'not',
    'LGAs with neither a High nor a Medium ward',
    picked(shareOf('High', 'Medium'), (share) => share === 0),
  )
  groups(
    'not',
    'LGAs with only Low wards',
    picked(shareOf('Low'), (share) => share === 1),
  )
  groups(
    'not',
    'districts whose wards are all Low or Medium',
    picked(shareOf('Low', 'Medium'), (share) => share === 1),
  )
  groups(
    'group',
    'how many LGAs hold at least one urban ward? name them',
    picked(
      perLga((wards) => wards.filter((ward) => classOf(ward) === 'urban').length),
      (count) => count > 0,
    ),
  )
  asks('Take the LGA with the lowest average elevation: which three of its wards rank worst?', /Take/)
  rows('rank', 'worst ward each for Mokande, Borgami and Zangori', worstOf('Mokande', 'Borgami', 'Zangori'))
  rows('rank', 'the worst ward in each of the LGAs Sambiga and Gabuko', worstOf('Sambiga', 'Gabuko'))
  rows(
    'rank',
    'Four worst wards of Sambiga and Gabuko taken together',
    is.byRank(is.inLga(all, 'Sambiga', 'Gabuko'), 4),
    true,
  )
  rows(
    'pidgin',
    'abeg show me Felunde LGA wards wey no dey high tier',
    is.inLga(is.inTier(all, 'Medium', 'Low'), 'Felunde'),
  )
  rows(
    'filter',
    'Medium wards in Kebura LGA, but leave out those with TPR under 25',
    is.where(is.inLga(is.inTier(all, 'Medium'), 'Kebura'), TPR, (value) => value >= 25),
  )
  rows(
    'not',
    'Bandiga wards that are neither rural nor urban',
    is.inLga(all, 'Bandiga').filter((ward) => !['rural', 'urban'].includes(classOf(ward))),
  )
  asks('Tukwari LGA: show all but its three lowest-ranked wards', /all but/)
  rows(
    'filter',
    'rural high-tier wards above 40,000 people, not in Lafenji, not in Gabuko',
    is
      .where(is.notInLga(high, 'Lafenji', 'Gabuko'), 'population', (value) => value > 40_000)
      .filter((ward) => classOf(ward) === 'rural'),
  )
  asks('whats the rank and scor of Edkomo ward', /rank and score of Edekomo ward/)
  asks('housng qualty of Wanryi', /of Wanriyi/)
  asks('averge elevaton in Lafenjy', /in Lafenji/)
  asks('totl populaton Shriwano + Jangulle', /Shirwano \+ Jangule/)
  figures(
    'french',
    'Combien de moustiquaires faut-il pour couvrir toute la LGA de Sambiga ?',
    need(is.inLga(all, 'Sambiga')),
  )
  figures(
    'parts',
    'For Nasowa: how many people, how many of its wards are in the high tier, and which ward there is worst?',
    people(is.inLga(all, 'Nasowa')),
    is.inLga(high, 'Nasowa').length,
    cellsOf(worstOf('Nasowa')[0] ?? '').rank,
  )
  asks('Give me the top 3, the bottom 3, and the nets the top 3 would need in total. Thanks', /one at a time/)
  figures(
    'parts',
    'Riyanda and Borgami each: number of wards and nets needed',
    ...['Riyanda', 'Borgami'].flatMap((lga) => [is.inLga(all, lga).length, need(is.inLga(all, lga))]),
  )
  figures(
    'parts',
    'Kwalrugi or Kwalrudu - who has more people and whose TPR is higher?',
    ...['Kwalrugi', 'Kwalrudu'].flatMap((name) =>
      ['population', TPR].map((column) => is.num(cellsOf(name), column) ?? NaN),
    ),
  )
  figures(
    'compare',
    'Is housing worse in Tukwari than in Felunde (LGAs, average)?',
    ...['Tukwari', 'Felunde'].map((lga) => is.mean(is.inLga(all, lga), 'housing_quality')),
  )
  rows(
    'relative',
    "Wards of Riyanda whose TPR is below Riyanda's own average",
    is.where(is.inLga(all, 'Riyanda'), TPR, (value) => value < is.mean(is.inLga(all, 'Riyanda'), TPR)),
  )
  asks('Kebura (the ward): name the three ranked just above it and the three just below', /name/)
  says('explain', 'which two indicators push Sokgiri up the most?', /Riskier than the mean of these wards: u5_tpr_rdt/)
  asks('Why is the whole of Zangori LGA so far down?', /which ward/)
  draws('histogram of mean_rainfall for just Lafenji and Nasowa', {
    kind: 'histogram',
    where: [{ column: 'lga', op: 'in', value: ['Lafenji', 'Nasowa'] }],
    column: 'mean_rainfall',
  })
  figures(
    'chart',
    'scatter plot: pfpr on x, u5_tpr_rdt on y, high tier wards alone, with r',
    is.correlation(high, 'pfpr', TPR),
  )
  says('map', 'Map distance_to_water for me, not the risk', /distance_to_water by ward, from 0 .* to 6,439/)
  return found
}
