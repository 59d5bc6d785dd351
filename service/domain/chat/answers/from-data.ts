import type { Answer, MadeFrom } from '../answer.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { describeDataset } from '../../dataset/describe-dataset.ts'
import type { DatasetDescription } from '../../dataset/describe-dataset.ts'
import { Fault } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { listedNames, say } from '../../said.ts'
import { median } from '../../median.ts'
import type { CallOf, ToolFrom } from '../tools.ts'
import { probableMeaning } from '../../files/columns/meanings.ts'
import { known } from '../../files/ward-table.ts'
import type { WardColumn } from '../../files/ward-table.ts'
import { answerProposal } from './proposal.ts'
import { answerWardValues } from './ward-values.ts'
import { basisOf, counted, figure, inARow, named, percent } from './wording.ts'

/** The calls that the data alone can answer. Of `show_map`, only those with a variable. */
export type DataCall = CallOf<ToolFrom<'data'> | 'show_map'>

const MOST_LISTED = 20
const ENDS_SHOWN = 10
const ENDS_TOLD = 3

/**
 * Answers from the joined data.
 * @throws Fault `invalid-input` when the data do not have the variable or the ward
 */
export function answerFromData(call: DataCall, dataset: Dataset, madeFrom: MadeFrom): Answer {
  switch (call.tool) {
    case 'describe_data':
      return ofData(dataset, describeDataset(dataset), madeFrom)
    case 'check_quality':
      return ofQuality(describeDataset(dataset), madeFrom)
    case 'describe_variable':
      return ofVariable(dataset, columnOf(dataset, call.input.variable), madeFrom)
    case 'propose_analysis':
      return answerProposal(dataset, call.input, madeFrom)
    case 'ward_values':
      return answerWardValues(dataset, call.input, madeFrom)
    case 'show_map': {
      if (call.input.variable === undefined)
        throw new Fault('invalid-input', say('name-column-of-map', {}), {
          errors: [{ said: say('no-column-named', {}), pointer: '/variable' }],
        })
      return ofVariableMap(dataset, columnOf(dataset, call.input.variable), madeFrom)
    }
  }
}

function ofData({ table }: Dataset, description: DatasetDescription, madeFrom: MadeFrom): Answer {
  const { wards, matched, columns, quality } = description
  const candidates = columns.filter(({ indicator }) => indicator)
  const lgas = new Set((table.keys.lga ?? []).flatMap((lga) => known(lga) ?? []))
  const text = [
    `The data have ${counted(wards, 'ward')}${lgas.size > 0 ? ` in ${counted(lgas.size, 'LGA')}` : ''} and ` +
      `${counted(columns.length, 'column')}.`,
    quality.boundaries === null
      ? 'There are no boundaries, so there is no map.'
      : `${figure(matched)} of the ${counted(wards, 'ward')} have a boundary.`,
    candidates.length === 0
      ? 'No column can serve as an indicator.'
      : `${counted(candidates.length, 'column')} can serve as indicators: ${inARow(
          candidates.map(({ name }) => name),
          MOST_LISTED,
        )}.`,
    quality.missingCells === 0
      ? 'None of their values is missing.'
      : `${counted(quality.missingCells, 'value')} of these columns ${quality.missingCells === 1 ? 'is' : 'are'} ` +
        `missing (${percent(quality.missingShare)}).`,
  ].join(' ')
  return {
    text,
    table: {
      columns: ['column', 'type', 'missing', 'least', 'greatest', 'direction guessed', 'why it is not an indicator'],
      rows: columns.map(({ name, type, missing, min, max, direction, reason }) => [
        named(name),
        type,
        missing,
        min,
        max,
        direction,
        reason,
      ]),
    },
    basis: basisOf(madeFrom, []),
  }
}

function ofQuality({ wards, matched, unmatched, duplicates, quality }: DatasetDescription, madeFrom: MadeFrom): Answer {
  const suggested = unmatched.filter(({ suggestions }) => suggestions.length > 0).length
  const text = [
    quality.missingCells === 0
      ? 'No value of an indicator is missing.'
      : `${counted(quality.missingCells, 'value')} of the ${counted(quality.candidates, 'candidate indicator')} ` +
        `${quality.missingCells === 1 ? 'is' : 'are'} missing (${percent(quality.missingShare)}).`,
    duplicates.length === 0
      ? "No ward's name repeats."
      : `${counted(duplicates.length, 'ward has a name', 'wards have a name')} that repeats: ${inARow(duplicates)}.`,
    quality.boundaries === null
      ? 'There are no boundaries.'
      : `${figure(matched)} of ${counted(wards, 'ward')} are joined to a boundary: ` +
        `${figure(quality.matchedByCode)} by code, ${figure(quality.matchedByName)} by name, ` +
        `${figure(quality.matchedByHand)} by hand.`,
    ...(unmatched.length > 0
      ? [
          `Without a boundary: ${inARow(unmatched.map(({ name }) => name))}; for ${figure(suggested)} of them ` +
            'there is a suggestion to accept or refuse.',
        ]
      : []),
    ...(quality.unusedBoundaries.length > 0
      ? [`${counted(quality.unusedBoundaries.length, 'boundary has', 'boundaries have')} no ward.`]
      : []),
    quality.findings.length === 0
      ? 'Nothing was left out, renamed or assumed.'
      : `${counted(quality.findings.length, 'finding')} in all, listed in the table.`,
  ].join(' ')
  return {
    text,
    table: {
      columns: ['kind', 'finding', 'count', 'examples'],
      rows: quality.findings.map(({ kind, detail, count, examples = [] }) => [
        kind,
        named(detail),
        count,
        inARow(examples, 5),
      ]),
    },
    basis: basisOf(madeFrom, []),
  }
}

function ofVariable(dataset: Dataset, column: WardColumn, madeFrom: MadeFrom): Answer {
  const { table } = dataset
  const name = named(column.name)
  const gaps =
    column.missing === 0 ? 'No ward lacks a value.' : `${counted(column.missing, 'ward lacks', 'wards lack')} a value.`
  if (column.numbers === null) {
    const counts = (column.categories ?? []).map(
      (category, code) =>
        [
          named(category),
          (column.codes ?? new Uint8Array()).reduce((count, own) => count + (own === code ? 1 : 0), 0),
        ] as const,
    )
    return {
      text:
        counts.length === 0
          ? `${name} is text, so only its gaps are counted. ${gaps}`
          : `${name} has ${counted(counts.length, 'different value')}. ${gaps}`,
      ...(counts.length > 0 && { table: { columns: [name, 'wards'], rows: counts } }),
      basis: basisOf(madeFrom, []),
    }
  }
  const sorted = sortedWards(dataset, column.numbers)
  const values = Float64Array.from(sorted, ({ value }) => value)
  const [greatest, least] = [sorted[0], sorted.at(-1)]
  if (greatest === undefined || least === undefined)
    return { text: `${name} has no value in any ward.`, basis: basisOf(madeFrom, []) }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const told = (wards: readonly WardValue[]): string =>
    wards.map((ward) => `${named(ward.ward)} (${figure(ward.value)})`).join(', ')
  const all = sorted.length <= 2 * ENDS_SHOWN
  const rows = all ? sorted : [...sorted.slice(0, ENDS_SHOWN), ...sorted.slice(-ENDS_SHOWN)]
  return {
    text: [
      `${name} has a value in ${figure(sorted.length)} of ${counted(table.rows, 'ward')}: from ` +
        `${figure(least.value)} to ${figure(greatest.value)}, mean ${figure(mean)}, median ` +
        `${figure(median(values))}. ${gaps}`,
      `Greatest: ${told(sorted.slice(0, ENDS_TOLD))}.`,
      `Least: ${told(sorted.slice(-ENDS_TOLD).reverse())}.`,
      'The mean is over wards, not weighted by population.',
      probableMeaning(name),
    ].join(' '),
    table: {
      columns: ['ward', 'LGA', name],
      rows: rows.map(({ ward, lga, value }) => [named(ward), lga === null ? null : named(lga), value]),
    },
    basis: basisOf(
      madeFrom,
      all ? [] : [`The table shows the ${String(ENDS_SHOWN)} highest and the ${String(ENDS_SHOWN)} lowest values.`],
    ),
  }
}

function ofVariableMap(dataset: Dataset, column: WardColumn, madeFrom: MadeFrom): Answer {
  if (dataset.boundaries === null) throw new Fault('invalid-input', say('cannot-draw-map-without', {}))
  const name = named(column.name)
  if (column.numbers === null)
    throw new Fault('invalid-input', say('cannot-draw-map-of-text', { column: quoted(column.name) }), {
      errors: [{ said: say('not-of-numbers', {}), pointer: '/variable' }],
    })
  const sorted = sortedWards(dataset, column.numbers)
  const [greatest, least] = [sorted[0], sorted.at(-1)]
  const range =
    greatest === undefined || least === undefined
      ? `${name} has no value in any ward.`
      : `The map shows ${name} by ward, from ${figure(least.value)} (${named(least.ward)}) to ` +
        `${figure(greatest.value)} (${named(greatest.ward)}).`
  return {
    text: [
      range,
      ...(column.missing > 0
        ? [
            `${counted(column.missing, 'ward has', 'wards have')} no value and ` +
              `${column.missing === 1 ? 'is' : 'are'} left blank.`,
          ]
        : []),
      ...missingFromMap(dataset),
    ].join(' '),
    basis: basisOf(madeFrom, []),
  }
}

function missingFromMap({ unmatched }: Dataset): readonly string[] {
  return unmatched.length === 0
    ? []
    : [`Not on the map, since they have no boundary: ${inARow(unmatched.map(({ name }) => name))}.`]
}

interface WardValue {
  readonly ward: string
  readonly lga: string | null
  readonly value: number
}

/** The wards that have a value, greatest first. */
function sortedWards({ table }: Dataset, numbers: Float64Array): readonly WardValue[] {
  return Array.from(numbers, (value, row): WardValue => ({
    ward: table.labels[row] ?? '',
    lga: known(table.keys.lga?.[row]),
    value,
  }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((one, other) => other.value - one.value)
}

function columnOf({ table }: Dataset, variable: string): WardColumn {
  const column = table.columns.find(({ name }) => name === variable)
  if (column !== undefined) return column
  throw new Fault(
    'invalid-input',
    say('no-column-of-data', {
      column: quoted(variable),
      ...listedNames(
        table.columns.map(({ name }) => name),
        50,
      ),
    }),
    { errors: [{ said: say('no-such-column-named', {}), pointer: '/variable' }] },
  )
}
