import { makeFinding, type Finding } from '../files/finding.ts'
import { makeQuestion, type Question } from '../files/reading/question.ts'
import { say, type Said } from '../said.ts'
import type { WardTable } from '../files/ward-table.ts'
import type { Side } from './join-sides.ts'
import { nameSimilarity } from './name-similarity.ts'
import { suggestionForm } from './suggestion-form.ts'

/** Names that are less alike are of different wards. Suggestions begin at the same figure. */
const ALIKE = 0.8
/** A question is asked when more than this share of the pairs contradict each other. */
const MOST = 0.5
const EXAMPLES = 10
const QUESTION = 'codes-contradict:ward code'
const ANSWERS = ['code', 'name', 'neither'] as const
type CodeAnswer = (typeof ANSWERS)[number]

/** Pairs that have the same code, and the rows among them whose names are those of different wards. */
export interface Contradictions {
  readonly compared: number
  readonly rows: readonly number[]
}

/** Compares the names of the pairs that share a code. Rows and features without a name of their own say nothing. */
export function contradictionsOf(wards: Side, features: Side, featureOfRow: Int32Array): Contradictions {
  let compared = 0
  const rows: number[] = []
  featureOfRow.forEach((feature, row) => {
    const [ward, boundary] = [wards.names[row] ?? '', features.names[feature] ?? '']
    const isNamed =
      ward !== '' && ward !== wards.codes?.[row] && boundary !== '' && boundary !== features.codes?.[feature]
    if (feature === -1 || !isNamed) return
    compared += 1
    if (wards.forms[row] === features.forms[feature]) return
    if (nameSimilarity(suggestionForm(ward), suggestionForm(boundary)) < ALIKE) rows.push(row)
  })
  return { compared, rows }
}

/** Whether so many names contradict the codes that a person must say which of the two is right. */
export function mustBeAsked({ compared, rows }: Contradictions): boolean {
  return rows.length > compared * MOST
}

/** What a person answered; undefined if nothing yet. */
export function codeAnswer(answers: Readonly<Record<string, string>>): CodeAnswer | undefined {
  return ANSWERS.find((answer) => answer === answers[QUESTION])
}

/** The question or the finding about contradictions; both empty if there are none. */
export function reportContradictions(
  table: WardTable,
  features: Side,
  featureOfRow: Int32Array,
  found: Contradictions,
  answer: CodeAnswer | undefined,
): { readonly findings: readonly Finding[]; readonly questions: readonly Question[] } {
  const { rows, compared } = found
  if (rows.length === 0) return { findings: [], questions: [] }
  const examples = rows
    .slice(0, EXAMPLES)
    .map((row) => `${table.labels[row] ?? ''} = ${features.names[featureOfRow[row] ?? -1] ?? ''}`)
  if (answer !== undefined || !mustBeAsked(found)) {
    const said = say('codes-contradict-names', { count: rows.length, compared, effect: effectOf(answer) })
    return { findings: [makeFinding('names-contradict', said, { count: rows.length, examples })], questions: [] }
  }
  return {
    findings: [],
    questions: [
      makeQuestion({
        id: QUESTION,
        kind: 'codes-contradict',
        said: say('codes-contradict', { count: rows.length, compared, examples: examples.slice(0, 3) }),
        options: [
          { value: 'code', said: say('codes-right', {}) },
          { value: 'name', said: say('names-right', {}) },
          { value: 'neither', said: say('neither-right', {}) },
        ],
        affects: 'ranking',
        columns: [],
      }),
    ],
  }
}

function effectOf(answer: CodeAnswer | undefined): Said {
  if (answer === 'name') return say('joined-by-name-as-settled', {})
  if (answer === 'neither') return say('left-without-boundary-as-settled', {})
  return say(answer === 'code' ? 'joined-by-code-as-settled' : 'joined-by-code', {})
}
