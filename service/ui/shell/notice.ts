import { h } from '../dom.ts'
import { Problem, type ProblemDetail } from '../http.ts'
import { saidText, type WordedText } from '../said-text.ts'
import { words } from '../words/en.ts'

/** What was thrown, as a problem: anything else is a fault of the page. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('page-fault', words.shell.pageFault(String(error)))
}

/** A refusal or a failure in words, with the places it names. */
export function noticeOf(problem: Problem): HTMLElement {
  const shown = textOf(problem)
  return h(
    'div',
    { class: 'notice', role: 'alert' },
    h('p', { class: 'notice-title' }, titleOf(problem)),
    h('p', { lang: shown.lang }, shown.text),
    problem.errors.length === 0
      ? null
      : h(
          'ul',
          {},
          ...problem.errors.map((error) => {
            const { text, lang } = saidText(error.detail, error.said)
            return h('li', {}, placeOf(error), h('span', { lang }, text))
          }),
        ),
    problem.requestId === undefined
      ? null
      : h('p', { class: 'quiet' }, words.shell.problems.request(problem.requestId)),
  )
}

/** What a problem says, in the language of the page where that has words for it. */
export function textOf({ message, said, lang }: Problem): WordedText {
  return said === undefined ? { text: message, lang } : saidText(message, said)
}

/** What a problem is called; the words are chosen by the last part of its type. */
export function titleOf({ kind }: Problem): string {
  const { titles, otherTitle } = words.shell.problems
  return titles[kind] ?? otherTitle
}

function placeOf({ line, column, pointer }: ProblemDetail) {
  const place = [
    line === undefined ? '' : words.shell.problems.line(line),
    column === undefined ? '' : words.shell.problems.column(column),
    pointer === undefined || pointer === '' ? '' : words.shell.problems.pointer(pointer),
  ].filter((part) => part !== '')
  return place.length === 0 ? '' : `${place.join(', ')}: `
}
