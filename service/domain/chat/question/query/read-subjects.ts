import type { Asking } from './draft.ts'
import { columnAt, field, isTag, tagAt, textAt } from './draft.ts'
import type { Tag } from './lexicon.ts'
import { isGroupColumn } from './read-places.ts'

const CHARTS: Readonly<Partial<Record<Tag, Asking['draft']['charts'][number]>>> = {
  histogram: 'histogram',
  scatter: 'scatter',
  box: 'box',
  bar: 'bar',
  pie: 'pie',
  matrix: 'correlation',
  plot: 'plot',
}

export function charts(asking: Asking, at: number): number {
  const tag = tagAt(asking, at)
  const chart = tag === null ? undefined : CHARTS[tag]
  if (chart === undefined) return 0
  asking.draft.charts.push(chart)
  return 1
}

/** A column that is named, or the wards, LGAs or tiers that are asked about. */
export function subjects(asking: Asking, at: number): number {
  const { draft } = asking
  const found = columnAt(asking, at)
  if (found !== null) {
    if (isGroupColumn(asking, found.column)) draft.texts.push(found.column)
    else draft.wanted.push({ kind: 'column', ...found })
    if (isTag(asking, at, 'people')) draft.asksPeople = true
    return 1
  }
  const tag = tagAt(asking, at)
  if (tag === 'wards' || tag === 'lgas' || tag === 'tiers' || tag === 'states') {
    const isOfName = tag === 'lgas' && (asking.tokens[at - 1]?.kind === 'lga' || asking.tokens[at + 1]?.kind === 'lga')
    if (isOfName) return 1
    if (tag === 'wards' && draft.wanted.length === 0 && !draft.isCount) draft.areWardsFirst = true
    if (tag === 'wards' && !draft.subjects.has('wards'))
      draft.columnsBeforeWards = draft.wanted.some(({ kind }) => kind === 'column')
    if (tag === 'lgas' && !draft.subjects.has('wards')) draft.areLgasFirst = true
    draft.subjects.add(tag)
    return 1
  }
  if (tag === 'risk') {
    draft.speaksOfRisk = true
    if (draft.wanted.at(-1)?.kind === 'aggregate')
      draft.wanted.push({ kind: 'column', column: field(asking, 'score'), isPeople: false })
    return 1
  }
  if (tag === 'rank' && draft.wanted.at(-1)?.kind === 'aggregate') {
    draft.wanted.push({ kind: 'column', column: field(asking, 'rank'), isPeople: false })
    return 1
  }
  if (tag === 'rank') {
    draft.asksRank = true
    return 1
  }
  if (tag === 'their') {
    const isBack = !isTag(asking, at + 1, 'with', 'in', 'is', 'between') || textAt(asking, at) === 'them'
    if (isBack) draft.refersBack = true
    return 1
  }
  return 0
}
