import type { Analysis, Imputation } from '../../features/replies/analyses.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { fill, fold, h, longTable, table } from '../dom.ts'
import { figure, shareText, whole } from '../formats.ts'
import { SERVICE_LANG } from '../http.ts'
import { words } from '../words/en.ts'
import { choicesMade } from './choices-made.ts'

/** What a reader of the ranking must know: what it rests on, what was left out, and what was filled in. */
export function aboutView({ state: { ranking, certainty } }: Bench): HTMLElement {
  const view = h('div', { class: 'details' })
  watchAll([ranking, certainty], () => {
    const analysis = ranking.value?.analysis
    fill(view, ...(analysis === undefined ? [] : partsOf(analysis)), sourcesOf(certainty.value))
  })
  return view
}

function partsOf(analysis: Analysis): readonly (HTMLElement | null)[] {
  const text = words.about
  const { caveats, indicators, leftOut, imputations, models, mode, pca } = analysis
  return [
    h('p', {}, h('strong', {}, text.relative)),
    caveats.length === 0 ? null : h('div', { class: 'caveats' }, h('h3', {}, text.caveats), listOf(caveats)),
    h('p', {}, text.models(models.length, mode)),
    table(
      text.indicators,
      text.indicatorHeadings,
      indicators.map(({ name, direction, guessed, missing }) => [
        name,
        words.indicators.directions[direction],
        guessed ? text.guessed : text.chosen,
        whole(missing),
      ]),
    ),
    ...choicesMade(analysis),
    leftOut.length === 0
      ? null
      : fold(text.leftOut(leftOut.length), listOf(leftOut.map(({ name, reason }) => `${name}: ${reason}`))),
    imputations.length === 0
      ? h('p', { class: 'quiet' }, text.nothingFilled)
      : fold(
          text.filled(imputations.length),
          longTable(text.filledCaption, text.filledHeadings, imputations, (imputation) => [
            imputation.ward,
            imputation.column,
            figure(imputation.value),
            howOf(imputation),
          ]),
        ),
    pca.suitable ? null : fold(text.noPca, listOf(pca.reasons)),
  ]
}

function listOf(items: readonly string[]): HTMLElement {
  return h('ul', { lang: SERVICE_LANG }, ...items.map((item) => h('li', {}, item)))
}

function howOf({ neighbours }: Imputation): string {
  return neighbours.length === 0 ? words.about.columnMean : words.about.neighbourMean(neighbours)
}

/** What the doubt about the order comes from. */
function sourcesOf(certainty: Bench['state']['certainty']['value']): HTMLElement | null {
  return certainty === null
    ? null
    : table(
        words.about.sources(certainty.draws),
        words.about.sourceHeadings,
        certainty.sources.map(({ name, share }) => [name, shareText(share)]),
      )
}
