import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'
import * as is from '../answers/truth.ts'
import type { Ward } from '../answers/truth.ts'
import { planned } from './plan-truth.ts'

const TPR = 'u5_tpr_rdt'

/** Questions about a state whose wards are ranked, written after the first set was answered. */
export function secondOfState(all: readonly Ward[]): readonly Question[] {
  const { found, figures, rows, groups, asks, says, declines, after } = questionList()
  const high = is.inTier(all, 'High')
  const low = is.inTier(all, 'Low')
  const people = (wards: readonly Ward[]): number => is.sum(wards, 'population')
  const at = (wards: readonly Ward[], column: string, from: number, to: number): readonly Ward[] =>
    is.where(wards, column, (value) => value >= from && value <= to)
  const more = (wards: readonly Ward[], column: string, than: number): readonly Ward[] =>
    is.where(wards, column, (value) => value > than)
  const less = (wards: readonly Ward[], column: string, than: number): readonly Ward[] =>
    is.where(wards, column, (value) => value < than)
  const ofClass = (name: string): readonly Ward[] => all.filter(({ cells }) => cells['settlement_class'] === name)
  const of = <Item>(items: readonly Item[], figure: (item: Item) => number): number =>
    items.reduce((sum, item) => sum + figure(item), 0)

  rows('rank', 'Dear team, could you share the fifteen most at-risk wards in the state?', is.byRank(all, 15), true)
  rows('rank', '6 safest wards', is.byRankLast(all, 6), true)
  rows('rank', 'wich ward dey number 3', is.byRank(all).slice(2, 3))
  figures('rank', 'at what position is Wanriyi?', 71)
  figures('count', 'number of Low wards in Zangori LGA', is.inLga(low, 'Zangori').length)
  figures('count', 'Borgami: how many medium wards?', is.inLga(is.inTier(all, 'Medium'), 'Borgami').length)
  rows('filter', 'pfpr > 0.33 & TPR > 30', more(more(all, 'pfpr', 0.33), TPR, 30))
  rows(
    'filter',
    'show wards in Mokande whose elevation is above 200 but housing quality below 0.15',
    less(more(is.inLga(all, 'Mokande'), 'elevation', 200), 'housing_quality', 0.15),
  )
  figures('filter', 'hw many wards get TPR btw 20 and 25', at(all, TPR, 20, 25).length)
  rows(
    'not',
    'High wards outside Dutsela with population more than 60,000',
    more(is.notInLga(high, 'Dutsela'), 'population', 60_000),
  )
  figures(
    'not',
    'how many of the high risk wards no be rural',
    high.filter(({ cells }) => cells['settlement_class'] !== 'rural').length,
  )
  figures(
    'stats',
    'what is the mean pfpr for Felunde and Gabuko together',
    is.mean(is.inLga(all, 'Felunde', 'Gabuko'), 'pfpr'),
  )
  figures('stats', 'maximum TPR in Kwandere', Math.max(...is.values(is.inLga(all, 'Kwandere'), TPR)))
  figures('stats', 'avg temp_mean', is.mean(all, 'temp_mean'))
  figures('stats', 'total pop in Low tier wards of Nasowa LGA', people(is.inLga(low, 'Nasowa')))
  figures('stats', '75th percentile of population', is.quantile(all, 'population', 0.75))
  groups(
    'group',
    'median TPR per settlement class',
    is.groups(
      all,
      ({ cells }) => cells['settlement_class']!,
      (wards) => is.median(wards, TPR),
    ),
  )
  {
    const means = is.groups(
      all,
      ({ lga }) => lga,
      (wards) => is.mean(wards, 'pfpr'),
    )
    groups('group', 'the 3 LGAs with lowest mean pfpr', means, is.leastGroups(means, 3))
    groups(
      'group',
      'number of high wards by LGA',
      is.groups(
        high,
        ({ lga }) => lga,
        (wards) => wards.length,
      ),
    )
  }
  figures(
    'share',
    'what fraction of wards in Jangule are High',
    (100 * is.inLga(high, 'Jangule').length) / is.inLga(all, 'Jangule').length,
  )
  figures(
    'share',
    'percent of total population living in Shirwano',
    (100 * people(is.inLga(all, 'Shirwano'))) / people(all),
  )
  figures('corr', 'is TPR related to mean_rainfall?', is.correlation(all, TPR, 'mean_rainfall'))
  rows('list', '4 smallest wards by population in Lafenji', is.least(is.inLga(all, 'Lafenji'), 'population', 4), true)
  rows('list', 'top 3 TPR wards among the peri-urban ones', is.greatest(ofClass('peri-urban'), TPR, 3), true)
  rows('list', 'wards wey elevation pass 400', more(all, 'elevation', 400))
  figures(
    'compare',
    'which get more people, Gandaki or Amkara?',
    people(is.inLga(all, 'Gandaki')),
    people(is.inLga(all, 'Amkara')),
  )
  figures('explain', 'tell me about Edekomo', 1)
  asks('how far is Zamgile from being low', /Zamgille/)
  says('explain', 'is Edekomo really number 1?', /rank 1 of/)
  figures(
    'nets',
    'nets required for Kurmada LGA',
    of(planned(is.inLga(all, 'Kurmada'), 0), ({ need }) => need),
  )
  figures(
    'nets',
    'how many LLINs to cover every ward?',
    of(planned(all, 0), ({ need }) => need),
  )
  after('plan 500,000 nets', () => {
    const plan = planned(all, 500_000)
    figures('nets', 'how many nets did Edekomo receive', plan.find(({ ward }) => ward.name === 'Edekomo')!.nets)
    figures(
      'nets',
      'how many wards got their complete need?',
      plan.filter(({ need, nets }) => need > 0 && nets === need).length,
    )
    figures(
      'nets',
      'list LGAs by nets received',
      of(
        plan.filter(({ ward }) => ward.lga === 'Gwamari'),
        ({ nets }) => nets,
      ),
    )
    figures(
      'whatif',
      'reduce am by 100,000',
      400_000,
      of(planned(all, 400_000), ({ covered }) => covered),
    )
    figures(
      'whatif',
      'suppose we get only half',
      250_000,
      of(planned(all, 250_000), ({ covered }) => covered),
    )
    figures(
      'whatif',
      'plan again but leave out Gwamari LGA',
      500_000,
      of(planned(is.notInLga(all, 'Gwamari'), 500_000), ({ covered }) => covered),
    )
    asks('two nets per child', /no rule of a fixed number/)
    asks('give Edekomo double', /./)
  })
  after('wards with TPR over 35', () => {
    const over = more(all, TPR, 35)
    rows('follow', 'only the High ones', is.inTier(over, 'High'))
    figures('follow', 'what is their total population?', people(over))
  })
  after('how many wards are in Kebura LGA', () => {
    figures('follow', 'and Zangori?', is.inLga(all, 'Zangori').length)
  })
  says('chart', 'draw map of Dutsela LGA risk', /10 wards in Dutsela LGA/)
  asks('colour the map by wards above 30 TPR', /./)
  declines('how many people will get malaria next month', /forecast/)
  declines('what drug should I give a sick child', /medical/)
  says('values', 'what do you mean by NDWI', /water index/)
  says('policy', 'why do rural wards come before urban wards in the plan', /threshold/)
  figures('lang', 'combien de wards à risque moyen ?', 93)
  figures('lang', 'Mutane nawa ne a karamar hukumar Kurmada?', people(is.inLga(all, 'Kurmada')))
  figures(
    'words',
    'distribute two hundred thousand nets',
    200_000,
    of(planned(all, 200_000), ({ covered }) => covered),
  )
  return found
}
