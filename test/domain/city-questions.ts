import type { Outline } from '../../service/domain/chat/outline.ts'
import type { Question } from './question.ts'
import { keyColumn, namedOnly, suggestedColumn } from '../support/outline-columns.ts'

type Columns = NonNullable<Outline['dataset']>['columns']

const KANO_WARDS = [
  'Adakawa',
  'Babban Giji',
  'Bakin-Ruwa',
  'Chedi',
  'Dakata',
  'Dala',
  'Dan Agundi',
  'Dandago',
  'Darmanawa',
  'Daurawa',
  'Diso',
  'Dogon Nama',
  'Dorayi',
  'Fagge A',
  'Fagge B',
  'Fagg c',
  'Fagge D1',
  'Fagge D2',
  'Galadanchi',
  'Gama',
  'Gandu Albasa',
  'Gawunab',
  'Giginyu',
  'Gobirawa',
  'Goron Dutse',
  'Gwagwarwa',
  'Gwale',
  'Gwammaja',
  'Gyadi Gyadi Arewa',
  'Gyadi Gyadi Kudu',
  'Gyaranya',
  'Hotoro',
  'Hotoro North',
  'Hotoro South',
  'Jakara',
  'Kabuga',
  'Kabuwaya',
  'Kan Karofi',
  'Kantudu',
  'Kaura Goje',
  'Kawaji',
  'Kofar Mazugal',
  'Kofar Ruwa',
  'Kwachiri',
  'Madigawa',
  'Mandawari',
  'Rijiyar Lemo',
  'Sabon Gari East',
  'Sabon Gari West',
  'Sani Mai Nagge',
  'Shahuchi',
  'Sharada',
  'She She',
  'Tarauni',
  'Tudun Murtala',
  'Tudun Nufawa',
  'Tudun Wada',
  'Tudun Wazurchi',
  'Unguwa Uku Cikin Gari',
  'Unguwa Uku Kauyen Alu',
  'Unguwar Gano',
  'Yakasai',
  'Yalwa',
  'Yammata',
  'zaitawai',
  'Zango',
] as const
const ILORIN_WARDS = [
  'Apado',
  'Marafa/Pepele',
  'Agbeyangi/Gbadamu',
  'Oke Oyi/Oke-Ose/Alalubosa',
  'Maya/Ileapa',
  'Gambari 2',
  'Are 2',
  'Are 1',
  'Zango 1',
  'Gambari 1',
  'Ibagun',
  'Iponrin',
  'Balogun Fulani 3',
  'Akanbi 2',
  'Akanbi 4',
  'Akanbi 5',
  'Akanbi 1',
  'Akanbi 3',
  'Okaka 2',
  'Balogun Fulani 2',
  'Okaka 1',
  'Balogun Fulani 1',
  'Oka-Ogun',
  'Oloje',
  'Oko-Erin',
  'Adewole',
  'Ubandawaki',
  'M/Ngeri',
  'Wara/Osin/Egbejila',
  'Alanamu',
  'Ogidi',
  'Ajikobi',
  'Oju-Ekun',
  'Badari',
  'Baboko',
] as const
const KEYS: Columns = ['WardName', 'LGA'].map(keyColumn)
const PLANNED: Columns = [namedOnly('population', 'population')]

const ilorin: NonNullable<Outline['dataset']> = {
  version: 3,
  wards: ILORIN_WARDS,
  lgas: ['Ilorin East', 'Ilorin South', 'Ilorin West'],
  hasBoundaries: true,
  columns: [
    ...KEYS,
    ...PLANNED,
    ...['meanEVI', 'settlement_type', 'tpr_u5_new', 'distance', 'val_housing_15'].map(suggestedColumn),
  ],
}

/** Sessions with the wards of two cities, as the officers of each city would have them. */
export const CITY_OUTLINES = {
  metro: {
    dataset: {
      version: 1,
      wards: KANO_WARDS,
      lgas: ['Dala', 'Fagge', 'Gwale', 'Kano Municipal', 'Nassarawa', 'Tarauni', 'Ungogo'],
      hasBoundaries: true,
      columns: [
        ...KEYS,
        ...PLANNED,
        namedOnly('urban_percentage', 'urbanShare'),
        ...[
          'nets_per_capita',
          'settlement_type_poor',
          'test_positivity_rate',
          'enhanced_vegetation_index',
          'dumpsites',
          'rainfall',
          'distance_to_water_bodies',
          'housing_quality',
        ].map(suggestedColumn),
      ],
    },
    analysis: {
      datasetVersion: 1,
      indicators: [
        'settlement_type_poor',
        'test_positivity_rate',
        'enhanced_vegetation_index',
        'housing_quality',
        'rainfall',
      ],
      mode: 'standard',
      hasPca: true,
      stale: false,
    },
    plan: { datasetVersion: 1, options: { totalNets: 200_000 }, stale: false },
  },
  ilorin: {
    dataset: ilorin,
    analysis: {
      datasetVersion: 3,
      indicators: ['distance', 'meanEVI', 'val_housing_15', 'tpr_u5_new'],
      mode: 'standard',
      hasPca: true,
      stale: false,
    },
    plan: null,
  },
  ilorinFresh: { dataset: ilorin, analysis: null, plan: null },
} as const satisfies Readonly<Record<string, Outline>>

/**
 * Questions as officers of a programme type them: in haste, partly in Nigerian Pidgin, with follow-ups on an answer and
 * with questions that this service does not answer. They were written in two rounds without a look at the rules. At
 * first the rules got 77 of 86 and 41 of 46 right, or asked back when that was as good. The rules were then corrected.
 */
export const CITY_QUESTIONS: readonly Question[] = [
  {
    message: 'pls show me top ten wards in Gwale',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Gwale' } },
  },
  {
    message: 'Which 5 wards get the highest malaria risk for Nassarawa LGA?',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 5, lga: 'Nassarawa' } },
  },
  {
    message: 'abeg wetin be the worst 3 wards',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 3 } },
  },
  {
    message: 'give me the fifteen safest wards in Tarauni LGA',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'lowest', count: 15, lga: 'Tarauni' } },
  },
  {
    message: 'wards with least risk in Ilorin West',
    outline: 'ilorin',
    expected: { tool: 'rank_wards', input: { order: 'lowest', lga: 'Ilorin West' } },
  },
  {
    message: 'list all the high risk wards in Kano Municipal',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', lga: 'Kano Municipal', tier: 'High' } },
  },
  {
    message: 'which wards are medium risk?',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', tier: 'Medium' } },
  },
  {
    message: 'rank the wards by PCA, top 20 only',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 20, ranking: 'pca' } },
  },
  {
    message: 'bottom 7 wards according to pca',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'lowest', count: 7, ranking: 'pca' } },
  },
  {
    message: 'Top 10 most vulnerable wards pls',
    outline: 'ilorin',
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 10 } },
  },
  { message: 'show top wards', outline: 'metro', expected: { tool: 'rank_wards', input: { order: 'highest' } } },
  {
    message: 'Why is Gwagwarwa ranked above Giginyu?',
    outline: 'metro',
    expected: { tool: 'compare_wards', input: { wards: ['Gwagwarwa', 'Giginyu'] } },
  },
  {
    message: 'why is tudun wazurchi so high',
    outline: 'metro',
    expected: { tool: 'explain_ward', input: { ward: 'Tudun Wazurchi' } },
  },
  {
    message: 'explain the rank of Yakasai ward to my director',
    outline: 'metro',
    expected: { tool: 'explain_ward', input: { ward: 'Yakasai' } },
  },
  {
    message: 'Wetin make Kabuga dey high risk?',
    outline: 'metro',
    expected: { tool: 'explain_ward', input: { ward: 'Kabuga' } },
  },
  {
    message: 'why kofar mazugal no dey top ten',
    outline: 'metro',
    expected: { tool: 'explain_ward', input: { ward: 'Kofar Mazugal' } },
  },
  {
    message: 'what is driving the risk in Unguwar Gano',
    outline: 'metro',
    expected: { tool: 'explain_ward', input: { ward: 'Unguwar Gano' } },
  },
  {
    message: 'compare Gobirawa with Goron Dutse',
    outline: 'metro',
    expected: { tool: 'compare_wards', input: { wards: ['Gobirawa', 'Goron Dutse'] } },
  },
  {
    message: 'difference between Akanbi 1, Akanbi 2 and Akanbi 3',
    outline: 'ilorin',
    expected: { tool: 'compare_wards', input: { wards: ['Akanbi 1', 'Akanbi 2', 'Akanbi 3'] } },
  },
  {
    message: 'is Sharada riskier than Dorayi',
    outline: 'metro',
    expected: { tool: 'compare_wards', input: { wards: ['Sharada', 'Dorayi'] } },
  },
  {
    message: 'compare Hotoro North and Hotoro South',
    outline: 'metro',
    expected: { tool: 'compare_wards', input: { wards: ['Hotoro North', 'Hotoro South'] } },
  },
  {
    message: 'why is Gwamaja high',
    outline: 'metro',
    expected: { tool: 'near_wards', input: { written: 'Gwamaja', wards: ['Gwammaja', 'Gama', 'Gwagwarwa'] } },
  },
  {
    message: 'explain Sabon Gari',
    outline: 'metro',
    expected: { tool: 'near_wards', input: { written: 'Sabon Gari', wards: ['Sabon Gari East', 'Sabon Gari West'] } },
  },
  { message: 'how is Akanbi ranked', outline: 'ilorin', expected: 'clarify' },
  {
    message: 'We have 2m nets, plan the distribution',
    outline: 'metro',
    expected: { tool: 'plan_nets', input: { totalNets: 2_000_000 } },
  },
  {
    message: 'distribute 350,000 nets pls, urban threshold 60',
    outline: 'metro',
    expected: { tool: 'plan_nets', input: { totalNets: 350_000, urbanThreshold: 60 } },
  },
  {
    message: 'plan 1.5 million LLINs using pca ranking',
    outline: 'metro',
    expected: { tool: 'plan_nets', input: { totalNets: 1_500_000, ranking: 'pca' } },
  },
  {
    message: 'if I get 80k nets how will you share them?',
    outline: 'ilorin',
    expected: { tool: 'plan_nets', input: { totalNets: 80_000 } },
  },
  { message: 'share 120 000 bednets by household, 6 people per household', outline: 'metro', expected: 'clarify' },
  {
    message: 'allocate two hundred and fifty thousand nets',
    outline: 'metro',
    expected: { tool: 'plan_nets', input: { totalNets: 250_000 } },
  },
  { message: 'plan nets', outline: 'ilorin', expected: 'clarify' },
  {
    message: 'we dont have enough nets, what should we do?',
    outline: 'metro',
    expected: { tool: 'answer_knowledge', input: { topic: 'reprioritisation' } },
  },
  {
    message: 'what if we only have 100,000 nets instead',
    outline: 'metro',
    expected: { tool: 'change_plan', input: { totalNets: 100_000 } },
  },
  {
    message: 'make it 50%',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { urbanThreshold: 50 } },
  },
  {
    message: 'and with 300k?',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { totalNets: 300_000 } },
  },
  {
    message: 'now by PCA',
    outline: 'metro',
    previous: [{ message: 'top 10 wards', call: { tool: 'rank_wards', input: { order: 'highest', count: 10 } } }],
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 10, ranking: 'pca' } },
  },
  {
    message: 'now by PCA',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { ranking: 'pca' } },
  },
  {
    message: 'and in Fagge?',
    outline: 'metro',
    previous: [
      {
        message: 'top 10 wards in Gwale',
        call: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Gwale' } },
      },
    ],
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Fagge' } },
  },
  {
    message: 'and in Dala?',
    outline: 'metro',
    previous: [
      {
        message: 'top 10 wards in Gwale',
        call: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Gwale' } },
      },
    ],
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Dala' } },
  },
  {
    message: 'what about Jakara',
    outline: 'metro',
    previous: [{ message: 'why is Yakasai high', call: { tool: 'explain_ward', input: { ward: 'Yakasai' } } }],
    expected: { tool: 'explain_ward', input: { ward: 'Jakara' } },
  },
  {
    message: 'and the lowest?',
    outline: 'metro',
    previous: [
      {
        message: 'top 10 wards in Gwale',
        call: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Gwale' } },
      },
    ],
    expected: { tool: 'rank_wards', input: { order: 'lowest', count: 10, lga: 'Gwale' } },
  },
  {
    message: 'only top 5',
    outline: 'metro',
    previous: [
      {
        message: 'top 10 wards in Gwale',
        call: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Gwale' } },
      },
    ],
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 5, lga: 'Gwale' } },
  },
  {
    message: 'use 6 per household',
    outline: 'metro',
    previous: [
      {
        message: 'share 120,000 nets by household',
        call: { tool: 'plan_nets', input: { totalNets: 120_000, rule: 'household' } },
      },
    ],
    expected: { tool: 'change_plan', input: { householdSize: 6, rule: 'household' } },
  },
  {
    message: 'same for rainfall',
    outline: 'metro',
    previous: [
      { message: 'map of housing quality', call: { tool: 'show_map', input: { variable: 'housing_quality' } } },
    ],
    expected: { tool: 'show_map', input: { variable: 'rainfall' } },
  },
  {
    message: 'draw the map of housing quality',
    outline: 'metro',
    expected: { tool: 'show_map', input: { variable: 'housing_quality' } },
  },
  { message: 'map of TPR', outline: 'ilorin', expected: { tool: 'show_map', input: { variable: 'tpr_u5_new' } } },
  { message: 'show vulnerability map', outline: 'metro', expected: { tool: 'show_map', input: {} } },
  { message: 'plot the EVI', outline: 'ilorin', expected: { tool: 'show_map', input: { variable: 'meanEVI' } } },
  {
    message: 'can i see where the dumpsites dey on map',
    outline: 'metro',
    expected: { tool: 'show_map', input: { variable: 'dumpsites' } },
  },
  { message: 'what data do you have?', outline: 'metro', expected: { tool: 'describe_data', input: {} } },
  { message: 'how many wards are in my data', outline: 'ilorin', expected: { tool: 'describe_data', input: {} } },
  {
    message: 'is there any missing value or problem with the data',
    outline: 'metro',
    expected: { tool: 'check_quality', input: {} },
  },
  { message: 'check data quality', outline: 'ilorinFresh', expected: { tool: 'check_quality', input: {} } },
  {
    message: 'give me summary of rainfall',
    outline: 'metro',
    expected: { tool: 'describe_variable', input: { variable: 'rainfall' } },
  },
  {
    message: 'which wards have the highest test positivity?',
    outline: 'metro',
    expected: {
      tool: 'query_wards',
      input: {
        select: ['ward', 'lga', 'test_positivity_rate', 'rank', 'tier'],
        orderBy: [{ by: 'test_positivity_rate', direction: 'descending' }],
        limit: 10,
      },
    },
  },
  {
    message: 'population of Gwale ward',
    outline: 'metro',
    expected: { tool: 'ward_values', input: { wards: ['Gwale'], columns: ['population'] } },
  },
  {
    message: 'what is the tpr for Oloje and Adewole?',
    outline: 'ilorin',
    expected: { tool: 'ward_values', input: { wards: ['Oloje', 'Adewole'], columns: ['tpr_u5_new'] } },
  },
  { message: 'run the analysis', outline: 'ilorinFresh', expected: { tool: 'run_analysis', input: {} } },
  {
    message: 'run analysis with distance, meanEVI and tpr',
    outline: 'ilorinFresh',
    expected: { tool: 'run_analysis', input: { indicators: ['distance', 'meanEVI', 'tpr_u5_new'] } },
  },
  {
    message: 'redo the analysis without rainfall',
    outline: 'metro',
    expected: {
      tool: 'run_analysis',
      input: {
        indicators: ['settlement_type_poor', 'test_positivity_rate', 'enhanced_vegetation_index', 'housing_quality'],
      },
    },
  },
  {
    message: "don't use dumpsites or nets_per_capita, run again",
    outline: 'metro',
    expected: {
      tool: 'run_analysis',
      input: {
        indicators: [
          'settlement_type_poor',
          'test_positivity_rate',
          'enhanced_vegetation_index',
          'housing_quality',
          'rainfall',
        ],
      },
    },
  },
  { message: 'do the composite and pca agree?', outline: 'metro', expected: { tool: 'compare_rankings', input: {} } },
  { message: 'which LGA is worst?', outline: 'metro', expected: { tool: 'summarise_lgas', input: {} } },
  { message: 'summary by LGA', outline: 'ilorin', expected: { tool: 'summarise_lgas', input: {} } },
  {
    message: 'download the ranking in excel or csv',
    outline: 'metro',
    expected: { tool: 'export_result', input: { kind: 'rankings.csv' } },
  },
  {
    message: 'send me the net plan as csv',
    outline: 'metro',
    expected: { tool: 'export_result', input: { kind: 'itn_plan.csv' } },
  },
  {
    message: 'i need a report i can print',
    outline: 'metro',
    expected: { tool: 'export_result', input: { kind: 'report.html' } },
  },
  {
    message: 'how do you calculate the risk score?',
    outline: 'metro',
    expected: { tool: 'explain_method', input: { topic: 'composite-score' } },
  },
  { message: 'what is PCA', outline: 'metro', expected: { tool: 'explain_method', input: { topic: 'pca' } } },
  {
    message: 'why 1.8 people per net',
    outline: 'metro',
    expected: { tool: 'answer_knowledge', input: { topic: 'nets-per-person' } },
  },
  {
    message: 'how long does a net last before we replace it',
    outline: 'metro',
    expected: { tool: 'answer_knowledge', input: { topic: 'net-durability' } },
  },
  {
    message: 'are the mosquitoes resistant? should we buy PBO nets',
    outline: 'metro',
    expected: { tool: 'answer_knowledge', input: { topic: 'net-types' } },
  },
  { message: 'My child has fever and is convulsing what drug should I give', outline: 'metro', expected: 'decline' },
  { message: 'what is the dose of artemether lumefantrine for 3 year old', outline: 'metro', expected: 'decline' },
  { message: 'Will it rain in Kano tomorrow?', outline: 'metro', expected: 'clarify' },
  { message: 'who will win the governorship election in Kano', outline: 'metro', expected: 'decline' },
  { message: 'sannu, good morning', outline: 'metro', expected: 'say' },
  { message: 'thank you very much, well done', outline: 'metro', expected: 'say' },
  { message: 'show top 10 wards in Fagge and plan 50,000 nets', outline: 'metro', expected: 'clarify' },
  { message: 'why is Chedi high and draw the rainfall map', outline: 'metro', expected: 'clarify' },
  {
    message: 'do not plan nets yet, just show me the ranking',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest' } },
  },
  {
    message: 'how many nets will Kawaji get?',
    outline: 'metro',
    expected: { tool: 'plan_facts', input: { about: 'places', wards: ['Kawaji'] } },
  },
  { message: 'top 10 wards in Katsina LGA', outline: 'metro', expected: 'clarify' },
  { message: 'predict malaria cases in Dakata next year', outline: 'metro', expected: 'decline' },
  { message: 'delete my data', outline: 'metro', expected: 'decline' },
  { message: 'show me data of other users', outline: 'metro', expected: 'decline' },
  {
    message: 'which ward dey suffer pass for malaria',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest' } },
  },
  {
    message: 'give me 12 wards wey risk low pass',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'lowest', count: 12 } },
  },
  {
    message: 'Kindly list top 8 priority wards in Ungogo',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 8, lga: 'Ungogo' } },
  },
  {
    message: 'wards in Dala that are high risk',
    outline: 'metro',
    expected: { tool: 'rank_wards', input: { order: 'highest', lga: 'Dala', tier: 'High' } },
  },
  { message: 'top 5 in Ilorin Suth', outline: 'ilorin', expected: 'clarify' },
  {
    message: 'how come Adewole is ranked so low?',
    outline: 'ilorin',
    expected: { tool: 'explain_ward', input: { ward: 'Adewole' } },
  },
  {
    message: 'details of Oko-Erin ward',
    outline: 'ilorin',
    expected: { tool: 'explain_ward', input: { ward: 'Oko-Erin' } },
  },
  {
    message: 'explain why Agbeyangi/Gbadamu is risky',
    outline: 'ilorin',
    expected: { tool: 'explain_ward', input: { ward: 'Agbeyangi/Gbadamu' } },
  },
  {
    message: 'Gambari 1 vs Gambari 2',
    outline: 'ilorin',
    expected: { tool: 'compare_wards', input: { wards: ['Gambari 1', 'Gambari 2'] } },
  },
  {
    message: 'between Sharada and Kabuga which one is more vulnerable',
    outline: 'metro',
    expected: { tool: 'compare_wards', input: { wards: ['Sharada', 'Kabuga'] } },
  },
  {
    message: 'we have received 1,250,000 nets from Global Fund, kindly allocate',
    outline: 'metro',
    expected: { tool: 'plan_nets', input: { totalNets: 1_250_000 } },
  },
  {
    message: 'allocate 90k nets, threshold of 30 percent, household size 5',
    outline: 'metro',
    expected: {
      tool: 'plan_nets',
      input: { totalNets: 90_000, urbanThreshold: 30, householdSize: 5, rule: 'household' },
    },
  },
  {
    message: 'plan for about 400000 nets based on pca',
    outline: 'metro',
    expected: { tool: 'plan_nets', input: { totalNets: 400_000, ranking: 'pca' } },
  },
  {
    message: 'reduce the nets by 20%',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { totalNets: 160000 } },
  },
  {
    message: 'add 50,000 more nets',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { totalNets: 250000 } },
  },
  {
    message: 'make it 150,000',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { totalNets: 150_000 } },
  },
  {
    message: 'change it to 40 percent',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { urbanThreshold: 40 } },
  },
  {
    message: 'and for 2027?',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: 'clarify',
  },
  {
    message: 'use per person rule',
    outline: 'metro',
    previous: [{ message: 'plan 200,000 nets', call: { tool: 'plan_nets', input: { totalNets: 200_000 } } }],
    expected: { tool: 'change_plan', input: { rule: 'per-person' } },
  },
  {
    message: 'and the bottom 5',
    outline: 'metro',
    previous: [
      {
        message: 'top 10 wards in Gwale',
        call: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Gwale' } },
      },
    ],
    expected: { tool: 'rank_wards', input: { order: 'lowest', count: 5, lga: 'Gwale' } },
  },
  {
    message: 'and Tarauni LGA pls',
    outline: 'metro',
    previous: [
      {
        message: 'top 10 wards in Gwale',
        call: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Gwale' } },
      },
    ],
    expected: { tool: 'rank_wards', input: { order: 'highest', count: 10, lga: 'Tarauni' } },
  },
  {
    message: 'with composite instead',
    outline: 'metro',
    previous: [{ message: 'rank by pca', call: { tool: 'rank_wards', input: { order: 'highest', ranking: 'pca' } } }],
    expected: { tool: 'rank_wards', input: { order: 'highest', ranking: 'composite' } },
  },
  {
    message: 'show me where rainfall is high on the map',
    outline: 'metro',
    expected: { tool: 'show_map', input: { variable: 'rainfall' } },
  },
  {
    message: 'what is the range of distance to water bodies',
    outline: 'metro',
    expected: { tool: 'describe_variable', input: { variable: 'distance_to_water_bodies' } },
  },
  {
    message: 'housing of Chedi and Gama',
    outline: 'metro',
    expected: { tool: 'ward_values', input: { wards: ['Chedi', 'Gama'], columns: ['housing_quality'] } },
  },
  {
    message: 'how many people live in Zango ward',
    outline: 'metro',
    expected: { tool: 'ward_values', input: { wards: ['Zango'], columns: ['population'] } },
  },
  {
    message: 'analyse with only rainfall, housing quality and test positivity',
    outline: 'metro',
    expected: { tool: 'run_analysis', input: { indicators: ['rainfall', 'housing_quality', 'test_positivity_rate'] } },
  },
  {
    message: 'add dumpsites to the analysis',
    outline: 'metro',
    expected: {
      tool: 'run_analysis',
      input: {
        indicators: [
          'settlement_type_poor',
          'test_positivity_rate',
          'enhanced_vegetation_index',
          'housing_quality',
          'rainfall',
          'dumpsites',
        ],
      },
    },
  },
  { message: 'compare LGAs', outline: 'metro', expected: { tool: 'summarise_lgas', input: {} } },
  { message: 'is pca good for this data?', outline: 'metro', expected: { tool: 'compare_rankings', input: {} } },
  { message: 'export map', outline: 'metro', expected: { tool: 'export_result', input: { kind: 'map.geojson' } } },
  {
    message: 'print report for the commissioner',
    outline: 'metro',
    expected: { tool: 'export_result', input: { kind: 'report.html' } },
  },
  {
    message: 'how do you handle missing data',
    outline: 'metro',
    expected: { tool: 'explain_method', input: { topic: 'imputation' } },
  },
  {
    message: 'what is IPTp',
    outline: 'metro',
    expected: { tool: 'answer_knowledge', input: { topic: 'malaria-in-pregnancy' } },
  },
  { message: 'is there malaria vaccine in Nigeria', outline: 'metro', expected: 'clarify' },
  { message: 'my wife is pregnant and has fever, which medicine', outline: 'metro', expected: 'decline' },
  { message: 'symptoms of malaria in children', outline: 'metro', expected: 'decline' },
  { message: 'who is the president of Nigeria', outline: 'metro', expected: 'decline' },
  { message: 'translate this to Hausa', outline: 'metro', expected: 'decline' },
  { message: 'nagode sosai', outline: 'metro', expected: 'say' },
  { message: 'list top 5 wards then download the report', outline: 'metro', expected: 'clarify' },
  { message: 'why is Yakasai high and how many nets does it get', outline: 'metro', expected: 'calls' },
  {
    message: 'not Gwale, show top 5 in Fagge',
    outline: 'metro',
    expected: {
      tool: 'query_wards',
      input: {
        where: [
          { column: 'lga', op: '!=', value: 'Gwale' },
          { column: 'lga', op: '=', value: 'Fagge' },
        ],
        select: ['ward', 'lga', 'rank', 'tier'],
        orderBy: [{ by: 'rank', direction: 'ascending' }],
        limit: 5,
      },
    },
  },
  {
    message: 'top 5 wards excluding Gwale LGA',
    outline: 'metro',
    expected: {
      tool: 'query_wards',
      input: {
        where: [{ column: 'lga', op: '!=', value: 'Gwale' }],
        select: ['ward', 'lga', 'rank', 'tier'],
        orderBy: [{ by: 'rank', direction: 'ascending' }],
        limit: 5,
      },
    },
  },
  {
    message: 'all wards except Dala',
    outline: 'metro',
    expected: {
      tool: 'query_wards',
      input: {
        where: [{ column: 'lga', op: '!=', value: 'Dala' }],
        select: ['ward', 'lga', 'rank', 'tier'],
        orderBy: [{ by: 'rank', direction: 'ascending' }],
        limit: 500,
      },
    },
  },
  {
    message: 'wards with rainfall above 800',
    outline: 'metro',
    expected: {
      tool: 'query_wards',
      input: {
        where: [{ column: 'rainfall', op: '>', value: 800 }],
        select: ['ward', 'lga', 'rainfall', 'rank', 'tier'],
        orderBy: [{ by: 'rainfall', direction: 'descending' }],
        limit: 500,
      },
    },
  },
]
