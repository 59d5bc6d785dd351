import { button, fold, h } from '../dom.ts'
import type { UploadedFile } from '../../features/replies/files.ts'
import type { DatasetQuestion, Question, ReadingBody } from '../../features/replies/reading.ts'
import { words } from '../words/en.ts'
import { saidLine, saidText } from '../said-text.ts'

/** Settles the reading of a file; `said` is announced once it is done. */
export type SettleReading = (fileId: string, body: ReadingBody, said: string) => void

/**
 * The questions that wait for an answer, each with its options as buttons, and the answers that were given.
 * @param answers by the ids of their questions
 */
export function questionsView(
  fileId: string,
  questions: readonly Question[],
  answers: Readonly<Record<string, string>>,
  settle: SettleReading,
): readonly HTMLElement[] {
  const given = Object.entries(answers)
  const text = words.questions
  return [
    ...(questions.length === 0
      ? []
      : [
          h(
            'div',
            { class: 'notice', role: 'group', 'aria-label': text.label },
            h('p', { class: 'notice-title' }, text.open(questions.length)),
            ...questions.map((question) => questionRow(fileId, question, settle)),
          ),
        ]),
    ...(given.length === 0
      ? []
      : [
          fold(
            text.answered(given.length),
            h(
              'ul',
              {},
              ...given.map(([id, answer]) =>
                h(
                  'li',
                  {},
                  `${id}: ${answer} `,
                  button(
                    text.takeBack,
                    () => {
                      settle(fileId, { answers: { [id]: null } }, text.tookBack)
                    },
                    { kind: 'link', says: text.takeBackOf(id) },
                  ),
                ),
              ),
            ),
          ),
        ]),
  ]
}

/**
 * The same for a dataset, whose questions name the files that take the answers.
 * @param files whose own questions are shown with them
 */
export function joinQuestionsView(
  questions: readonly DatasetQuestion[],
  files: readonly UploadedFile[],
  settle: SettleReading,
): readonly HTMLElement[] {
  const known = new Set(files.flatMap((file) => (file.questions ?? []).map(({ id }) => id)))
  return questions
    .filter(({ id }) => !known.has(id))
    .flatMap((question) => questionsView(question.fileId, [question], {}, settle))
}

function questionRow(fileId: string, { id, detail, said, options }: Question, settle: SettleReading): HTMLElement {
  return h(
    'div',
    {},
    saidLine(detail, said),
    h(
      'p',
      { class: 'row' },
      ...options.map((option) => {
        const { text, lang } = saidText(option.label, option.said)
        const choose = button(text, () => {
          settle(fileId, { answers: { [id]: option.value } }, words.questions.said(text))
        })
        if (lang !== undefined) choose.lang = lang
        return choose
      }),
    ),
  )
}
