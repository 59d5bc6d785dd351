import { counted } from '../answers/wording.ts'
import type { Outline } from '../outline.ts'
import { TOOLS } from '../tools.ts'
import { unusedWords } from './account/unused-words.ts'
import type { Language } from './language/translate.ts'
import { hasPhrase } from './reading.ts'
import type { Reading } from './reading.ts'
import { call, say } from './replies.ts'
import type { Meaning } from './replies.ts'
import { wordSet, pattern } from './words.ts'

const GREETINGS: ReadonlySet<string> = wordSet(
  'hi hello hey sannu barka salaam salam greetings morning afternoon evening day bonjour',
)
const THANKS: ReadonlySet<string> = wordSet('thanks thank nagode merci thankyou thx')
const BYES: ReadonlySet<string> = wordSet('bye goodbye')
const AROUND: ReadonlySet<string> = wordSet(
  'good there sir ma madam everyone all dear team friend my you so very much a lot for the your help again ' +
    'o how are doing today u ok okay great nice well done perfect fine is it that was and to',
)
const WHO = pattern(
  String.raw`\b(?:who|what) (?:are|r) (?:you|u)\b|\b(?:are|r) (?:you|u) (?:a |an )?(?:chatgpt|gpt|ai|`,
  String.raw`robot|bot|human|person|real|machine|claude|gemini|chatbot|model)\b|\byour name\b|`,
  String.raw`\b(?:am i|are we) (?:talking|speaking|chatting|writing) (?:to|with)\b`,
)
const CAN = pattern(
  String.raw`\bwhat (?:kinds?|sorts?|types?) of (?:things?|questions?|help|work) (?:can|could|do) (?:you|u|i|we)\b|`,
  String.raw`\bwhat (?:can|could|do) (?:you|u|it|this|i) (?:do|ask|help)\b|\bhow (?:can|could|do) (?:you|`,
  String.raw`i|we) (?:help|use|work with)\b|^ (?:please )?help(?: me)?(?: please)? $|^ (?:menu|options|`,
  String.raw`capabilities|commands) $|\bwhat (?:can i|should i) ask\b|\bwhat questions\b|`,
  String.raw`\b(?:what (?:all |else )?(?:can|could|does|do)|what is) (?:this|the|your|chatmrpt)(?: (?:thing|tool|app|`,
  String.raw`application|`,
  String.raw`system|software|programme|program|platform|website|site|chat|bot|assistant|service|chatmrpt))? `,
  String.raw`(?:actually |really |even |all )*`,
  String.raw`(?:do|able to do|capable of|good for|offer|help (?:me|us)?(?: with)?|here for|meant for)(?: (?:exactly|`,
  String.raw`here|then|please))*(?= $| for (?:us|me|you) $| for (?:a |the |an |our |my )?(?:state |`,
  String.raw`local |national |malaria |health |control )*(?:programme|program|campaign|team|officer|planner|planning|`,
  String.raw`work|job|people|elimination)s? $)`,
)
/** `What are you able to help me with?` asks for that, and not who answers. */
const ABLE = /\bwhat (?:all )?(?:are|r) (?:you|u) (?:able|here|for|good)\b/
const NEXT = pattern(
  String.raw`\bwhat (?:is |are |s )?(?:the )?(?:next|now)\b|\bwhat (?:should|do|can) (?:i|we) do (?:next|`,
  String.raw`now|first)\b|\b(?:where|how) (?:do|should|can) (?:i|we) (?:start|begin)\b|\bnext steps?\b|^ `,
  String.raw`(?:and )?now what $|\bwhat (?:i|we) (?:should|can|need to|have to|must|ought to) do (?:next|now|first|`,
  String.raw`from here|`,
  String.raw`after (?:this|that))\b|\bwhat (?:should|do|can|must) (?:i|we) do (?:from here|after (?:this|that)|`,
  String.raw`then)\b|\b(?:how|where) (?:should|do|`,
  String.raw`can|must) (?:i|we) (?:proceed|continue|go on|go)(?: from here| now| next)?\b|\bhow (?:to|i should|we `,
  String.raw`should) (?:proceed|continue|go on|`,
  String.raw`go about it)\b|\bwhat (?:comes|follows|remains)(?: next| now| after (?:this|that))?\b|\b(?:the )?way `,
  String.raw`forward\b|\bnext thing\b|\bwhat to do (?:next|now|first|from here)\b`,
)
const SUGGESTING = pattern(
  String.raw`\b(?:suggest|suggested|suggestion|suggestions|recommend|recommended|propose|proposed|`,
  String.raw`advise)\b.*\b(?:indicators?|variables?|columns?|set|choose|use)\b|\b(?:which|what) `,
  String.raw`(?:indicators?|variables?|columns?) (?:do you (?:suggest|recommend|propose)|should (?:i|we) `,
  String.raw`use)\b`,
)
const GREETED: Readonly<Record<Language | 'English', string>> = {
  English: 'Hello!',
  French: 'Bonjour !',
  Hausa: 'Sannu!',
  Pidgin: 'Hello! How you dey?',
} as const
const WELCOME: Readonly<Record<Language | 'English', string>> = {
  English: 'You are welcome.',
  French: 'Je vous en prie.',
  Hausa: 'Babu damuwa.',
  Pidgin: 'No wahala.',
} as const
/** That English is read best, in the languages of which only the usual questions are understood. */
export const ENGLISH_BEST: Readonly<Partial<Record<Language, string>>> = {
  French: "Je lis mieux l'anglais ; en français je comprends les questions courantes. (I read English best.)",
  Hausa: 'Na fi fahimtar Turanci; da Hausa ina gane tambayoyin da aka saba yi. (I read English best.)',
} as const
const MOST_SUGGESTED = 4

/** What greetings, thanks, questions about the assistant itself and calls for help get. */
export function helped(reading: Reading, outline: Outline, language: Language | null): Meaning | null {
  const { words, spoken } = reading
  const texts = words.map(({ text }) => text)
  const tongue = language ?? 'English'
  const best = language === null ? '' : ` ${ENGLISH_BEST[language] ?? ''}`
  const are = (set: ReadonlySet<string>): boolean =>
    texts.some((text) => set.has(text)) && texts.every((text) => set.has(text) || AROUND.has(text))
  if (are(GREETINGS))
    return say(`${GREETED[tongue]}${best} ${WHAT_I_DO} ${stateOf(outline)} Ask for example:`, suggestQuestions(outline))
  if (are(THANKS)) return say(WELCOME[tongue], suggestQuestions(outline))
  if (are(BYES)) return say('Goodbye. Ending the session erases everything in it.')
  if (ABLE.test(spoken)) return capabilities(outline)
  if (WHO.test(spoken) && reading.mentions.length === 0) return say(WHO_I_AM)
  if (SUGGESTING.test(spoken) && outline.dataset !== null && isOnlyThat(reading))
    return call({ tool: 'propose_analysis', input: {} })
  if (NEXT.test(spoken) && isOnlyThat(reading))
    return outline.dataset !== null && outline.analysis === null
      ? call({ tool: 'propose_analysis', input: {} })
      : say(`${stateOf(outline)} ${nextStep(outline)}`, suggestQuestions(outline))
  if (CAN.test(spoken) || (hasPhrase(reading, 'help') && words.length <= 3)) return capabilities(outline)
  return null
}

/** Whether nothing else is asked, as in `what is the next riskiest ward?` */
function isOnlyThat(reading: Reading): boolean {
  return unusedWords(reading, [{ tool: 'propose_analysis', input: {} }]).length === 0
}

function capabilities(outline: Outline): Meaning {
  return say(`${CAPABILITIES} ${stateOf(outline)} Ask for example:`, suggestQuestions(outline))
}

const ACKNOWLEDGED = pattern(
  String.raw`^ (?:ok|okay|fine|great|good|nice|alright|all right|i see|noted|understood|cool|yes|no)(?: `,
  String.raw`(?:ok|okay|then|thanks|sir|ma|good|great))* $`,
)

/** What "ok" gets when no question is open. */
export function acknowledged({ spoken }: Reading, outline: Outline): Meaning | null {
  return ACKNOWLEDGED.test(spoken) ? say('All right. You can ask for example:', suggestQuestions(outline)) : null
}

const WHAT_I_DO = 'I answer questions about your wards, their malaria risk and the nets for them.'
const WHO_I_AM =
  'No person and not ChatGPT: I am the assistant of ChatMRPT. This answer is by fixed rules, without a ' +
  'language model. ' +
  'I answer from the data of this session alone.'
const CAPABILITIES =
  'I can describe and check the wards that you uploaded, list, count and compare them by any column, rank ' +
  'them by risk ' +
  'and explain a rank, draw maps and charts, plan bed nets and change the plan, and make files to download. I answer ' +
  'questions on malaria, nets and the method from a small text with sources.'

/** What the session has, in a sentence. */
function stateOf({ dataset, analysis, plan }: Outline): string {
  if (dataset === null) return 'There are no data in this session yet.'
  const lgas = dataset.lgas.length === 0 ? '' : ` in ${counted(dataset.lgas.length, 'LGA')}`
  const has = `Your data have ${counted(dataset.wards.length, 'ward')}${lgas}`
  if (analysis === null) return `${has}; they have not been ranked yet.`
  const ranked =
    'ranked by ' +
    `${counted(analysis.indicators.length, 'indicator')}${analysis.stale ? ', before the data changed' : ''}`
  if (plan === null) return `${has}, ${ranked}; there is no net plan yet.`
  return `${has}, ${ranked}; the last plan has ${counted(plan.options.totalNets, 'net')}.`
}

function nextStep({ dataset, analysis, plan }: Outline): string {
  if (dataset === null)
    return 'The next step is to upload a table of wards, or to use the sample. Until then, ask for example:'
  if (analysis?.stale === true) return 'The next step is to run the analysis again.'
  if (plan === null) return 'The next step is to look at the ranking, and to plan nets by it.'
  return 'The next step is to compare other plans, and to download the one that you choose.'
}

/** Four questions that fit what the session has, with names from its own data. Each can be sent as it is. */
export function suggestQuestions({ dataset, analysis, plan }: Outline): readonly string[] {
  if (dataset === null)
    return [
      TOOLS.answer_knowledge.example,
      'What is test positivity?',
      'How do nets protect people?',
      TOOLS.explain_method.example,
    ]
  const [ward, lga] = [dataset.wards[0] ?? '', dataset.lgas[0]]
  const column =
    dataset.columns.find(({ suggested }) => suggested) ?? dataset.columns.find(({ hasNumbers }) => hasNumbers)
  const ofColumn = column === undefined ? [] : [`Describe ${column.name}`]
  const all =
    analysis === null
      ? [
          TOOLS.propose_analysis.example,
          TOOLS.run_analysis.example,
          ...ofColumn,
          TOOLS.check_quality.example,
          TOOLS.describe_data.example,
        ]
      : plan === null
        ? [
            TOOLS.rank_wards.example,
            `Why is ${ward} ranked where it is?`,
            ...(lga === undefined ? [] : [`Show the wards at highest risk in ${lga} LGA`]),
            'How many nets would cover the high risk wards?',
            ...ofColumn,
          ]
        : [
            `How many nets does ${ward} get?`,
            'Which wards get no nets?',
            'What if we had 10 percent fewer nets?',
            'Download the net plan',
          ]
  return all.slice(0, MOST_SUGGESTED)
}
