import { drawCaveats, type StatedCertainty } from '../../certainty/stated-certainty.ts'
import type { StampedPlan, StampedResult } from '../stamped.ts'
import { planTable } from '../export-plan.ts'
import { rankingTable } from '../export-rankings.ts'
import type { Cell } from './cell-xml.ts'
import { choiceNotes } from './choice-notes.ts'
import { writeWorkbook, type Sheet } from './write-workbook.ts'

type Note = readonly [what: string, name: string | null, value: Cell]

/** Writes the ranking as rankings.xlsx: a sheet of wards, and one of caveats and choices. */
export function rankingsWorkbook(result: StampedResult, certainty: StatedCertainty): Iterable<Uint8Array> {
  const { header, rows } = rankingTable(result, certainty)
  return writeWorkbook([wardSheet(header, rows), noteSheet(rankingNotes(result, certainty))])
}

/** Writes a plan as itn_plan.xlsx: the wards that are served and those left out, and a sheet of caveats and choices. */
export function planWorkbook(plan: StampedPlan, certainty: StatedCertainty): Iterable<Uint8Array> {
  const { header, rows } = planTable(plan, certainty)
  return writeWorkbook([wardSheet(header, rows), noteSheet(planNotes(plan, certainty))])
}

function wardSheet(header: readonly string[], rows: () => Iterable<readonly Cell[]>): Sheet {
  return {
    name: 'Wards',
    *rows() {
      yield header
      yield* rows()
    },
  }
}

function noteSheet(notes: readonly Note[]): Sheet {
  return { name: 'Caveats and choices', rows: () => [['what', 'name', 'value'], ...notes] }
}

function rankingNotes(result: StampedResult, certainty: StatedCertainty): readonly Note[] {
  const { analysisId, createdAt, datasetVersion, mode, inputs, indicators, leftOut, caveats } = result
  return [
    ['data', 'dataset version', datasetVersion],
    ...Object.entries(inputs).flatMap(([role, input]): Note[] =>
      input === null ? [] : [['data', role, input.filename ?? input.sha256]],
    ),
    ['analysis', 'id', analysisId],
    ['analysis', 'made at', createdAt],
    ['choice', 'mode', mode],
    ...indicators.map(({ name, direction, guessed }): Note => [
      'choice',
      name,
      `${direction}, ${guessed ? 'guessed from the name' : 'chosen'}`,
    ]),
    ...leftOut.map(({ name, reason }): Note => ['not used', name, reason]),
    ...choiceNotes(result),
    ...certaintyNotes(certainty),
    ...caveats.map(caveatNote),
  ]
}

function planNotes(plan: StampedPlan, certainty: StatedCertainty): readonly Note[] {
  const { parameters, totals, rules, caveats } = plan
  const { defaulted, ...chosen } = parameters
  return [
    ['data', 'dataset version', plan.datasetVersion],
    ['plan', 'id', plan.id],
    ...rules.map((rule): Note => ['rule', null, rule]),
    ...Object.entries(chosen).flatMap(([name, value]): Note[] =>
      value === null ? [] : [['choice', name, typeof value === 'object' ? JSON.stringify(value) : value]],
    ),
    ...defaulted.map((name): Note => ['not chosen, the default was used', name, null]),
    ...Object.entries(totals).map(([name, value]): Note => ['total', name, value]),
    ...certaintyNotes(certainty),
    ...caveats.map(caveatNote),
  ]
}

function certaintyNotes(certainty: StatedCertainty): readonly Note[] {
  const { seed, draws } = certainty
  return [['certainty', 'seed', seed], ['certainty', 'draws', draws], ...drawCaveats(certainty).map(caveatNote)]
}

function caveatNote(caveat: string): Note {
  return ['caveat', null, caveat]
}
