import type { Dataset } from '../dataset/dataset.ts'
import { keyOf } from '../files/column-names.ts'
import type { ColumnRole } from '../files/reading/roles.ts'
import { known } from '../files/ward-table.ts'
import type { WardColumn, WardKeys, WardTable } from '../files/ward-table.ts'
import type { NetPlan } from '../plan/net-plan.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import { FIELDS, fieldOf, type FieldName } from './fields.ts'
import { rowsOfLabels } from './by-label.ts'
import { planFields, type PlanField } from './plan-fields.ts'
import { rankingFields, type RankingField } from './ranking-fields.ts'
import { textColumn, type ViewColumn } from './view-column.ts'

/** What a query is asked of: the data, and the analysis and the plan that were made from them. */
export interface Sources {
  readonly dataset: Dataset
  readonly result: AnalysisResult | null
  readonly plan: NetPlan | null
}

/** A name of the view, found: an uploaded column or a field, with its values. */
export type Found =
  | { readonly is: 'column'; readonly field: FieldName | null; readonly column: ViewColumn }
  /** An uploaded column of text that is only counted, because it has too many different values. */
  | { readonly is: 'not kept' }
  /** A field of an analysis or of a plan that is not there, or of a key that the data do not have. */
  | { readonly is: 'not there'; readonly from: 'data' | 'analysis' | 'plan' }
  | { readonly is: 'unknown' }

/** Wards with everything that is known of them, by name. Columns are made when they are asked for. */
export interface WardView extends Pick<Sources, 'result' | 'plan'> {
  readonly rows: number
  /** A ward's label, by its row. */
  readonly labels: readonly string[]
  /** The measurements of test positivity, by ward. */
  readonly positivity: WardTable['positivity']
  find(name: string): Found
  /** All names that a query may use: the uploaded columns whose values are kept, and the fields that are there. */
  readonly names: readonly string[]
}

/** The keys that a column with such a role holds. */
const KEY_OF_ROLE: Readonly<Partial<Record<ColumnRole, keyof WardKeys>>> = {
  'ward name': 'wardName',
  'ward code': 'wardCode',
  lga: 'lga',
  'lga code': 'lgaCode',
  state: 'state',
  'state code': 'stateCode',
}

/** Joins the data with an analysis and a plan, ward by ward. */
export function viewWards(sources: Sources): WardView {
  const { table } = sources.dataset
  const rowOf = lazily(() => rowsOfLabels(table.labels))
  const { result, plan } = sources
  const made = {
    ranking: lazily(() => result && rankingFields(rowOf(), result)),
    plan: lazily(() => plan && planFields(rowOf(), plan)),
  }
  const found = new Map<string, Found>()
  const look = (name: string): Found => {
    const column = table.columns.find((each) => each.name === name)
    const field = fieldOf(name)
    if (column !== undefined) return uploaded(table, column)
    return field === null ? { is: 'unknown' } : fieldIn(table, made, field, name)
  }
  const find = (name: string): Found => {
    const seen = found.get(name) ?? look(name)
    found.set(name, seen)
    return seen
  }
  const names = lazily(() => {
    const columns = table.columns.filter((column) => isKept(table, column)).map(({ name }) => name)
    const fields = Object.keys(FIELDS).filter((name) => !columns.includes(name) && find(name).is === 'column')
    return [...columns, ...fields]
  })
  return {
    result,
    plan,
    rows: table.rows,
    labels: table.labels,
    positivity: table.positivity,
    find,
    get names() {
      return names()
    },
  }
}

function uploaded(table: WardTable, column: WardColumn): Found {
  const { name, numbers, categories, codes, type } = column
  const key = keyOfColumn(table, name)
  if (key !== null) return { is: 'column', field: null, column: keyColumn(table, key, name) }
  if (numbers !== null) return { is: 'column', field: null, column: { name, type: 'number', numbers } }
  if (type === 'empty')
    return {
      is: 'column',
      field: null,
      column: { name, type: 'number', numbers: new Float64Array(table.rows).fill(NaN) },
    }
  if (codes === null || categories === null) return { is: 'not kept' }
  const texts = Array.from(codes, (code) => categories[code] ?? null)
  return { is: 'column', field: null, column: textColumn(name, texts) }
}

/** Whether the values of a column are kept, so that `uploaded` gives them. */
function isKept(table: WardTable, { name, numbers, categories, codes, type }: WardColumn): boolean {
  const hasTexts = codes !== null && categories !== null
  return numbers !== null || type === 'empty' || hasTexts || keyOfColumn(table, name) !== null
}

/** The key that an uploaded column was read as; null if it is none. */
function keyOfColumn({ keyColumns, keys, reading }: WardTable, name: string): keyof WardKeys | null {
  if (!keyColumns.includes(name)) return null
  const role = reading.columns.find((column) => column.name === name)?.role
  const key = (role === undefined ? null : KEY_OF_ROLE[role]) ?? keyOf(name)
  return key === null || keys[key] === null ? null : key
}

/** A key's texts under a name. A ward is always shown by its label, so that wards of one name stay apart. */
function keyColumn({ keys, labels }: WardTable, key: keyof WardKeys, name: string): ViewColumn {
  if (key === 'wardName') return textColumn(name, labels, 'ward')
  return textColumn(
    name,
    (keys[key] ?? []).map((text) => known(text)),
    key === 'lga' ? 'area' : 'text',
  )
}

/** Makes something when it is first asked for. */
function lazily<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | null = null
  return () => (made ??= { value: make() }).value
}

interface Readers {
  readonly ranking: () => ReturnType<typeof rankingFields> | null
  readonly plan: () => ReturnType<typeof planFields> | null
}

function fieldIn(table: WardTable, { ranking, plan }: Readers, field: FieldName, name: string): Found {
  const { from } = FIELDS[field]
  const column =
    from === 'analysis'
      ? ranking()?.(field as RankingField, name)
      : from === 'plan'
        ? plan()?.(field as PlanField, name)
        : keyField(table, field as KeyField, name)
  return column === undefined ? { is: 'not there', from } : { is: 'column', field, column }
}

type KeyField = Exclude<FieldName, RankingField | PlanField>

function keyField(table: WardTable, field: KeyField, name: string): ViewColumn | undefined {
  const key = field === 'ward' ? 'wardName' : field
  return table.keys[key] === null ? undefined : keyColumn(table, key, name)
}
