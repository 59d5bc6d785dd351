import t from 'tap'
import { systemPrompt } from '../../service/domain/chat/prompt.ts'
import { checkWords } from '../../service/domain/chat/words/check-words.ts'
import type { Results } from '../../service/domain/chat/words/references.ts'

/** The results of one turn: a ranking, values of the file, a figure over all wards, and LGAs. */
const RESULTS: Results = [
  {
    columns: ['rank', 'ward', 'LGA', 'tier', 'score'],
    rows: [
      [1, 'Dala', 'Kano', 'High', 0.81234],
      [2, 'Fagge', 'Kano', 'High', 0.7],
      [3, 'Yar Kasuwa 2', 'Gwale', 'Low', 0.25],
    ],
  },
  {
    columns: ['ward', 'population', 'mean rainfall'],
    rows: [
      ['Dala', 12_345, 801.5],
      ['Fagge', 9_876, null],
    ],
  },
  { columns: ['mean of rainfall'], rows: [[765.4321]] },
  {
    columns: ['LGA', 'wards', 'High', 'Low', 'ward most at risk'],
    rows: [
      ['Kano', 12, 7, 2, 'Dala'],
      ['Gwale', 9, 1, 6, 'Yar Kasuwa 2'],
    ],
  },
]
const TOLD = ['Of 66 wards, these 3 are at highest risk by the composite score: Dala; Fagge; Yar Kasuwa 2. Look at it.']

const shown = (text: string): string | null => checkWords(text, RESULTS, TOLD)?.text ?? null

/** What may be said, and how it is shown. */
const SAID: Readonly<Record<string, string>> = {
  'Here they are.': 'Here they are.',
  'Sure! Here is the table.': 'Sure! Here is the table.',
  '{r1.rows[0].ward} has a score of {r1.rows[0].score}.': 'Dala has a score of 0.8123.',
  'The score of {r1.rows[0].ward} is {r1.rows[0].score}.': 'The score of Dala is 0.8123.',
  '**Dala** has {r1.rows[0].score}.': 'Dala has score 0.8123.',
  'Dala has rank {r1.rows[0].rank} and score {r1.rows[0].score}.': 'Dala has rank 1 and score 0.8123.',
  'Dala: {r1.rows[0].rank}, {r1.rows[0].score}': 'Dala: rank 1, score 0.8123',
  'Dala has {r2.rows[0].Population}, and Fagge has {r2.rows[1].population}.':
    'Dala has population 12,345, and Fagge has population 9,876.',
  'The wards are {r1.rows[0].ward}, {r1.rows[1].ward} and {r1.rows[2].ward}.':
    'The wards are Dala, Fagge and Yar Kasuwa 2.',
  '1. {r1.rows[0].ward}: score {r1.rows[0].score}\n2. {r1.rows[2].ward}: score {r1.rows[2].score}':
    '- Dala: score 0.8123\n- Yar Kasuwa 2: score 0.25',
  'Dala ({r1.rows[0].score}) has a higher score than Fagge ({r1.rows[1].score}).':
    'Dala (0.8123) has a higher score than Fagge (0.7).',
  'The score of Fagge ({r1.rows[1].score}) is lower than the score of Dala ({r1.rows[0].score}).':
    'The score of Fagge (0.7) is lower than the score of Dala (0.8123).',
  'The value is {r3.rows[0].mean of rainfall}.': 'The value is mean of rainfall 765.4321.',
  'The mean of rainfall is {r3.rows[0].mean of rainfall}.': 'The mean of rainfall is 765.4321.',
  'Fagge has {r2.rows[1].mean rainfall}.': 'Fagge has mean rainfall no value.',
  '{r4.rows[0].LGA} has {r4.rows[0].High} High wards.': 'Kano has 7 High wards.',
  'Would you like a map of these wards?': 'Would you like a map of these wards?',
  'Which LGA do you mean?': 'Which LGA do you mean?',
  'Would you like to compare {r1.rows[0].ward} with Fagge?': 'Would you like to compare Dala with Fagge?',
  'I can plan nets for these wards if you want.': 'I can plan nets for these wards if you want.',
  'Look at it. Here is the table.': 'Here is the table.',
  [TOLD[0] ?? '']: '',
}

t.test('checkWords() fills in references, and shows what claims nothing else', async (t) => {
  for (const [text, wanted] of Object.entries(SAID)) t.equal(shown(text), wanted, text)
})

/** Sentences that the results above do not bear, each of its own kind or wording. */
const FALSE: readonly string[] = [
  // The wrong word beside a right figure.
  'Dala is the safest ward, with a score of {r1.rows[0].score}.',
  'Dala has the lowest score, {r1.rows[0].score}.',
  'Yar Kasuwa 2 is at the greatest risk with {r1.rows[2].score}.',
  'Dala has only {r2.rows[0].population} people.',
  'Dala has no more than {r1.rows[0].score}.',
  'Dala is Low: {r1.rows[0].score}.',
  'Kano is Low: {r4.rows[0].Low}.',
  'Kano is Low with {r4.rows[0].Low}.',
  'Fagge comes first with {r1.rows[1].rank}.',
  'Dala does well: {r1.rows[0].score}.',
  'Dala doubled to {r2.rows[0].population}.',
  // One ward's figure for another.
  'Fagge has a score of {r1.rows[0].score}.',
  '{r1.rows[1].ward} has {r1.rows[0].score} and {r1.rows[0].ward} has {r1.rows[1].score}.',
  '{r1.rows[1].ward} and {r1.rows[0].ward} have {r1.rows[0].score} and {r1.rows[1].score}.',
  'Fagge and Dala have {r1.rows[0].score}.',
  'Dala has {r1.rows[0].score} of Fagge with {r1.rows[1].score}.',
  'Dala, Fagge: {r1.rows[0].score}.',
  'The score is {r1.rows[0].score} in {r1.rows[0].ward} {r1.rows[1].ward} {r1.rows[1].score}.',
  'In Kano the value is {r3.rows[0].mean of rainfall}.',
  'Dala is in {r1.rows[2].LGA}.',
  'Dala has {r1.rows[0].score}, {r1.rows[1].score} Fagge.',
  'Dala has {r1.rows[0].score}, and {r3.rows[0].mean of rainfall}.',
  'Dala is Fagge.',
  // One column's figure for another's.
  'Dala has a score of {r1.rows[0].rank} and a rank of {r1.rows[0].score}.',
  'The rainfall of Dala is {r2.rows[0].population}.',
  'The median is {r3.rows[0].mean of rainfall}.',
  'Kano has {r4.rows[0].High} Low wards and {r4.rows[0].Low} High wards.',
  'Most at risk is {r4.rows[1].LGA} with {r4.rows[1].ward most at risk}.',
  // Figures of its own: recalled, added up, changed, or in another scale.
  'Dala has a score of 0.81234.',
  'Together they have 22,221 people.',
  'Dala and Fagge have twenty thousand people.',
  'Half of the wards are in Kano.',
  'The value is {r3.rows[0].mean of rainfall}%.',
  'Dala has -{r1.rows[0].score}.',
  'Dala has 1{r1.rows[0].score}.',
  'Dala has {r2.rows[0].population} thousand.',
  'Dala has {r1.rows[0].rank}{r1.rows[1].rank}.',
  'Dala has {r1.rows[0].rank},{r1.rows[1].rank}.',
  'Dala has ٣ wards.',
  // Comparisons that are false, or that the direction of the column turns round.
  'Fagge ({r1.rows[1].score}) has a higher score than Dala ({r1.rows[0].score}).',
  'Dala ({r1.rows[0].score}) has a lower score than Fagge ({r1.rows[1].score}).',
  'Yar Kasuwa 2 ({r1.rows[2].rank}) has a higher rank than Dala ({r1.rows[0].rank}).',
  'Dala ({r2.rows[0].mean rainfall}) has a higher mean rainfall than Fagge ({r2.rows[1].mean rainfall}).',
  'Dala ({r1.rows[0].score}) has a higher rank than Fagge ({r1.rows[1].score}, {r1.rows[1].rank}).',
  'Higher than Dala ({r1.rows[0].score}), Fagge has {r1.rows[1].score}.',
  'Dala ({r2.rows[0].population}) is higher than Fagge ({r1.rows[1].score}).',
  'Dala has a lower score than Fagge.',
  // Without any figure.
  'There is no malaria in Dala.',
  'These are the wards you can leave out.',
  'All wards are at risk.',
  'Dala needs no nets.',
  'Gabasawa is a ward.',
  'The wards are Dala, Gabasawa and Fagge.',
  'Dala is ready. {r9.rows[0].score}',
  'Dala has {r1.rows[7].score}.',
  'Dala has {r1.rows[0].nets}.',
  'Dala has {r1.text}.',
  'It is not true: Of 66 wards, these 3 are at highest risk by the composite score: Dala; Fagge; Yar Kasuwa 2.',
  'I can tell you that Dala is safe.',
  'I can tell you about the one ward with nets, Dala, {r1.rows[0].score}.',
  'Would you like to know that Dala has 900 nets?',
  'See [the map](//evil.example) or https://evil.example/a.',
  'Here they are. Dala est la plus sûre.',
  '| Dala | {r1.rows[1].score} |',
]

t.test(`checkWords() shows none of ${String(FALSE.length)} false sentences, alone or after a true one`, async (t) => {
  for (const text of FALSE) {
    t.equal(shown(text), null, text)
    t.equal(shown(`Here they are. {r1.rows[0].ward} has {r1.rows[0].score}.\n${text}`), null, text)
  }
})

t.test('checkWords() takes each sentence that the prompt gives a model as an example', async (t) => {
  const prompt = systemPrompt({ dataset: null, analysis: null, plan: null })
  const examples = [...prompt.matchAll(/"([^"\n]*[.?])"/g)].map(([, example = '']) => example)
  t.ok(examples.length >= 5)
  for (const example of examples) t.not(shown(example), null, example)
})

t.test(
  'checkWords() never blocks the event loop as long as a store may take, for the longest reply on 500 rows',
  async (t) => {
    const rows = Array.from({ length: 500 }, (_, at) => [`Ward number ${String(at)}`, at])
    const results: Results = Array.from({ length: 5 }, () => ({ columns: ['ward', 'score'], rows }))
    const text = `${'Ward number 7 '.repeat(800)}${'{r1.rows[3].score} '.repeat(600)}`
    const told = ['A told sentence. '.repeat(400)]
    checkWords(text, results, told)
    const begin = process.threadCpuUsage()
    t.equal(checkWords(text, results, told), null)
    const { user, system } = process.threadCpuUsage(begin)
    t.ok(user + system < 250_000, `${String(user + system)} microseconds of a processor`)
  },
)
