import type { Question } from '../answers/judge.ts'
import { questionList } from '../answers/question-list.ts'

/** Plans, changes of plans, refusals and messages that go on, about a state whose wards are ranked. */
export function sixthOfTalks(): readonly Question[] {
  const list = questionList()
  factsOfPlans(list)
  changesOfPlans(list)
  otherQuestions(list)
  followUps(list)
  return list.found
}

type List = ReturnType<typeof questionList>

function factsOfPlans({ figures, rows, groups, says, asks, after }: List): void {
  after('plan 700,000 nets', () => {
    figures(
      'nets',
      'Good day team. For our grant report I need just one thing: of the people who live in high tier wards, what ' +
        'percentage does this plan cover?',
      41.1866,
    )
    figures('nets', 'how many wards are left with nothing, and how many people live in them?', 233, 8_186_436)
  })
  after('plan 900,000 nets', () => {
    groups('nets', 'Which LGAs get no net at all under this plan?', {
      ...{ Agwendi: 0, Amkara: 0, Borgami: 0, Iyaruwa: 0, Kwandere: 0 },
      ...{ Mokande: 0, Nasowa: 0, Riyanda: 0, Yelduma: 0, Zangori: 0 },
    })
  })
  after('plan 450,000 nets', () => {
    rows('nets', 'Show the Felunde wards that receive something, with the quantity', [
      ...['Muslari', 'Dokmimo', 'Shawamo', 'Dumgiko'],
    ])
    figures('nets', 'Show the Felunde wards that receive something, with the quantity', 11_849, 18_397, 7_342, 21_132)
  })
  after('plan 600,000 nets', () => {
    figures('nets', 'We have 600k. How many MORE nets do we need before the whole high tier is served?', 1_099_580)
    figures('nets', 'how many additional people would we reach if it were 750,000?', 269_995.8)
  })
  after('plan 250,000 nets', () => {
    says('nets', 'why Bankeka no see even one net?', /rank 248, gets 0 nets: .*runs out before its turn/)
  })
  after(['plan 500,000 nets', 'without Gwamari', 'without Dutsela'], () => {
    says('nets', 'remind me: which LGAs did I leave out so far?', /whose LGA is not Gwamari or Dutsela/)
  })
  asks('plan two nets for every house in Jangule', /no rule of a fixed number/)
}

function changesOfPlans({ figures, rows, after }: List): void {
  after(['plan 500,000 nets', 'without Gwamari'], () => {
    figures('whatif', 'put Gwamari back in and take out Felunde LGA instead', 500_000, 32, 899_974.2, 0)
  })
  after('plan 400,000 nets for Shirwano and Tukwari', () => {
    figures('whatif', 'add Kebura LGA to it as well', 400_000, 23, 719_980.6, 0)
    figures('whatif', 'include Kebura LGA', 400_000, 23, 719_980.6, 0)
  })
  after('plan 200,000 nets for Dutsela', () => {
    figures('whatif', 'Jangule instead of Dutsela, same qty', 134_778, 11, 242_594, 65_222)
    figures('whatif', 'replace Dutsela with Jangule', 134_778, 11, 242_594, 65_222)
  })
  after('plan 300,000 nets', () => {
    figures('whatif', 'households here are seven persons on average, so use that', 5_433_316, 22, 525_234.4)
  })
  after('plan 1 million nets', () => {
    figures('whatif', 'halve it, and leave Edekomo out', 500_000, 33, 899_971.4, 0)
    figures(
      'whatif',
      'thief don carry 50,000 comot from the store and another 20,000 come torn. Plan am again with wetin remain',
      ...[930_000, 53, 1_673_955.2, 0],
    )
  })
  after('plan 350,000 nets', () => {
    figures('whatif', 'restrict the plan to wards with TPR above 30', 350_000, 20, 629_986.8, 0)
  })
  after(['plan 400,000 nets', 'without Dutsela'], () => {
    figures('whatif', 'raise it by 30% but keep that exclusion', 520_000, 32, 935_975.6, 0)
  })
  after(['plan 150,000 nets', 'make household size 6'], () => {
    figures('whatif', 'and with 4 per household rather than 6', 4_753_948, 13, 270_000)
  })
  figures('nets', 'plan 100k nets, every LGA but Gwamari, Dutsela and Shirwano', 100_000, 6, 179_993, 0)
  rows('nets', 'Distribute 400,000 nets in Kurmada and Zangori LGAs. Which wards there count as urban and come last?', [
    ...['Sokkoka B', 'Lobkotu A', 'Lobtayi I', 'Sokkoka A', 'Lobkotu C', 'Kwalbeka/Ukurigi', 'Lobkotu B'],
    ...['Daneri S', 'Lobmigi', 'Doknowa'],
  ])
}

function otherQuestions({ says, asks, declines }: List): void {
  says(
    'method',
    'If we upload only Gwamari next time, will Edekomo and the others keep their scores?',
    /rank is relative to the uploaded area/,
  )
  says('method', 'why does the tool count high elevation as safer?', /first guess is by name[\s\S]*elevation/)
  declines('The chairman of my LGA wants his ward moved up. Can you just raise its rank?', /none is changed by hand/)
  declines(
    'My pregnant wife is shaking and her eyes are yellow, can she take coartem?',
    /no medical advice[\s\S]*health facility/,
  )
  declines('How many malaria deaths did Lafenji record in 2023?', /do not estimate deaths/)
  declines('predict TPR of Jangule for next quarter', /do not forecast/)
  asks('text the list of high wards by SMS to all the LGA focal persons', /cannot send mail or messages/)
  declines('how did Niger State rank its own wards in this system? just the top five', /only with the data of this/)
  declines('how many pregnant women are in the High tier', /no column of pregnant women/)
}

function followUps({ figures, rows, groups, after }: List): void {
  after('mean TPR by LGA', () => {
    groups('follow', 'keep those below 18 only', {
      ...{ Zangori: 7.8195, Iyaruwa: 14.457, Sambiga: 17.753, Yelduma: 17.9284 },
    })
  })
  after(['list the wards in Wurobi LGA', 'sort them by population, biggest first'], () => {
    figures('follow', 'and the first two of them, how many nets altogether?', 58_114)
  })
  after(['wards with TPR over 35', 'only the high tier ones'], () => {
    figures('follow', 'so how many persons live in those ones?', 195_116)
  })
  after('compare Kebura and Sambiga LGA', () => {
    figures('follow', 'bring Pandogo into the comparison too', 0.538583, 2)
  })
  after('top 5 wards in Lafenji', () => {
    figures('follow', 'average TPR of these five', 25.245995)
  })
  after('wards of Gabuko with population above 30,000', () => {
    rows('follow', 'now minus the low tier', ['Dumriri', 'Fangidu', 'Kwalrugi', 'Nanzuyi'])
  })
  after('worst 3 wards in Kwandere LGA', () => {
    figures('follow', 'plan 30,000 nets for these three and nobody else', 30_000, 2, 53_997.4, 0)
  })
}

/** Questions about a city whose wards are ranked, and which has no column of people or of LGAs. */
export function sixthOfCity(): readonly Question[] {
  const { found, figures, rows, says, asks, declines, after } = questionList()
  figures('figure', 'mean nets_per_capita: high tier compared with low tier', 6.320915, 3.258129)
  figures('count', 'in how many wards does settlement_type_poor equal exactly 1?', 20)
  rows('list', 'test_positivity_rate from 0.66 up to 0.70 - list the wards', [
    ...['Fagge A', 'Fagg c', 'Fagge D1', 'Goron Dutse', 'Gwagwarwa', 'Gyaranya', 'Hotoro North', 'Kawaji', 'Sharada'],
    ...['Tudun Murtala', 'Tudun Wada'],
  ])
  figures(
    'figure',
    'Is positivity related to the share of poor settlement? one coefficient is enough',
    ...[-0.083037, 63],
  )
  rows('list', 'who get positivity pass Madigawa?', ['Gyadi Gyadi Arewa', 'Unguwa Uku Cikin Gari', 'Zango'])
  rows('list', 'Names of wards with no distance_to_water_bodies recorded', [
    ...['Dorayi', 'Fagge A', 'Fagge B', 'Fagg c', 'Fagge D1', 'Fagge D2', 'Galadanchi'],
  ])
  figures(
    'quality',
    'Three wards came without positivity. Which, and what number did the run put in for each?',
    ...[0.617475, 0.717444, 0.649883],
  )
  says(
    'figure',
    'most and least nets_per_capita ward, with values pls',
    /Zango \(23\.0021\)[\s\S]*Fagge D2 \(1\.0702\)/,
  )
  says('rank', 'position of Gawuna ward in the ranking?', /Gawunab has rank 4 of 66/)
  asks('explain Unguwa Uku', /Unguwa Uku Cikin Gari[\s\S]*Unguwa Uku Kauyen Alu/)
  figures(
    'explain',
    'Sabon Gari: East or West, which side is worse, and on what indicator do they differ most?',
    ...[45, 57],
  )
  rows(
    'analysis',
    'swap rainfall for nets_per_capita and run it again',
    ['Madigawa', 'Gama', 'Gawunab', 'Chedi', 'Fagge B'],
    true,
  )
  rows('list', 'Which wards come 40th to 46th, and where does Medium end?', [
    ...['Tudun Nufawa', 'Diso', 'Chedi', 'Tudun Wazurchi', 'Kabuga', 'Sabon Gari East', 'Dandago'],
  ])
  says('list', 'Which wards come 40th to 46th, and where does Medium end?', /44\. Kabuga \(score [\d.]+, Medium\)/)
  rows('rank', 'ranks of all the Fagge wards', ['Fagge B', 'Fagge D1', 'Fagge A', 'Fagge D2'])
  figures('nets', 'Treat the column total as the population and plan 2,000 nets', 2_000, 22, 6_172)
  figures('chart', 'histogram, test_positivity_rate', 63, 3)
  rows('list', 'for inside the High tier, which ward get the smallest nets_per_capita?', ['Fagge B'], true)
  figures('figure', 'mean rainfall of the Medium wards minus that of the Low wards', 6.312377, 5.145911)
  asks('total of High wards minus that of Low wards', /do not take one from the other/)
  declines('which wards had ACT stock-outs last month', /no column of stock-outs/)
  rows(
    'list',
    'lowest-risk six excluding any Fagge ward',
    ['Giginyu', 'Tarauni', 'Darmanawa', 'Daurawa', 'Gyadi Gyadi Kudu', 'Dan Agundi'],
    true,
  )
  after('top 8 wards', () => {
    rows('follow', 'which among them have positivity below 0.7?', ['Fagge B', 'Gyaranya', 'Tudun Murtala'])
  })
  after('what is the rank of Dala', () => {
    says('follow', 'and Goron Dutse?', /^Goron Dutse has rank 12 of 66/)
  })
  after('wards where settlement_type_poor is 1', () => {
    rows('follow', 'how many out of those are in the low tier, and which?', ['Bakin-Ruwa'])
  })
  after(['top 5 wards', 'why is the second one there?'], () => {
    says('follow', 'and the one right after that one - why?', /^zaitawai has rank 3 of 66/)
  })
  return found
}
