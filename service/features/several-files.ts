import { makeQuestion, questionId, type Question } from '../domain/files/reading/question.ts'
import { say } from '../domain/said.ts'
import type { StoredFile } from '../stores/workspace.ts'

const KIND = 'several-files'
const TOGETHER = 'together'
export const ALONE = 'alone'

/**
 * Asks whether the latest file of a role stands beside the earlier ones, as files of a year or of an LGA do, or in
 * their place. Null when there is no earlier one, or when it was answered.
 */
export function severalFilesQuestion(latest: StoredFile, earlier: readonly StoredFile[]): Question | null {
  if (earlier.length === 0 || isTogether(latest, earlier)) return null
  return makeQuestion({
    id: idOf(earlier),
    kind: KIND,
    said: say('several-files', {
      latest: latest.filename,
      earlier: earlier.map(({ filename }) => `"${filename}"`),
    }),
    options: [
      { value: TOGETHER, said: say('several-files-together', { files: earlier.length + 1 }) },
      { value: ALONE, said: say('several-files-alone', { latest: latest.filename }) },
    ],
    affects: 'ranking',
    columns: [],
  })
}

/** Whether the owner said that the latest file and the earlier ones are one table. */
export function isTogether(latest: StoredFile, earlier: readonly StoredFile[]): boolean {
  return earlier.length > 0 && latest.choices?.answers?.[idOf(earlier)] === TOGETHER
}

/** Whether the owner said that the latest file replaces the earlier ones. */
export function isAlone(answers: Readonly<Record<string, string>>, earlier: readonly StoredFile[]): boolean {
  return earlier.length > 0 && answers[idOf(earlier)] === ALONE
}

type Answers = Readonly<Record<string, string>>

/** The answers to a file's questions without the ids of other files, so that they can leave the session. */
export function withoutFileIds(answers: Answers): Answers {
  return renamed(answers, () => KIND)
}

/** Such answers again, about the earlier files that the file now stands beside. */
export function withFileIds(answers: Answers, earlier: readonly StoredFile[]): Answers {
  return renamed(answers, (name) => (name === KIND && earlier.length > 0 ? idOf(earlier) : KIND))
}

function renamed(answers: Answers, rename: (name: string) => string): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [name.split(':')[0] === KIND ? rename(name) : name, answer]),
  )
}

function idOf(earlier: readonly StoredFile[]): string {
  return questionId(KIND, ...earlier.map(({ id }) => id.slice(0, 8)))
}
