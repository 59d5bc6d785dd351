import type { StatedCertainty } from '../domain/certainty/stated-certainty.ts'
import type { WardSlice } from '../domain/certainty/summarise-draws.ts'
import type { MapScope } from '../domain/map/shown-wards.ts'
import type { AnalysisOptions, AnalysisResult } from '../domain/ranking/analysis-result.ts'
import type { FileToRead } from '../domain/files/reading/choices.ts'
import type { Description } from '../domain/files/reading/description.ts'
import type { SettledMatches } from '../domain/dataset/dataset.ts'
import type { NamedPlan } from '../domain/plan/compare-plans.ts'
import type { PlanOptions } from '../domain/plan/plan-options.ts'
import type { MatchChoices } from '../domain/dataset/settle-matches.ts'
import type { Positivity, PositivityChoices } from '../domain/files/positivity.ts'
import type { WardQuery } from '../domain/ranking/ward-page.ts'
import { readJson, writeJson } from './own-json.ts'
import type { Stamp } from './stamp.ts'

/**
 * The jobs, by their names: what runs on worker threads. Bytes and plain values in, bytes and plain values out.
 * JSON that goes straight to a client or a store stays text in bytes, so that the event loop never parses it.
 * Each job imports only what it needs: a thread does one job, and loading every reader would cost more than most jobs.
 */
export * from './answer-jobs.ts'
export * from './project-jobs.ts'
export * from './view-jobs.ts'

/** A file that was read. */
export interface ValidFile {
  /** Its description. */
  readonly found: Description
  /** What its reader gave, packed; null for facilities, which are measured from the file itself. */
  readonly packed: Uint8Array | null
  /** The bytes that were validated, so that exactly those are stored. */
  readonly bytes: Uint8Array
}

/** A file whose contents are kept packed. */
type ValidTable = ValidFile & { readonly packed: Uint8Array }

export async function validateWards({ bytes, filename, choices }: FileToRead): Promise<ValidTable> {
  const [{ describeWards }, { readWards }, { packWards }] = await Promise.all([
    import('../domain/files/describe-wards.ts'),
    import('../domain/files/read-wards.ts'),
    import('../domain/dataset/pack-files.ts'),
  ])
  const table = await readWards(bytes, filename, choices)
  return { found: describeWards(table), packed: packWards(table), bytes }
}

export async function validateBoundaries({ bytes, filename, choices }: FileToRead): Promise<ValidTable> {
  const [{ describeBoundaries }, { readBoundaries }, { packBoundaries }] = await Promise.all([
    import('../domain/files/describe-boundaries.ts'),
    import('../domain/files/boundary/read-boundaries.ts'),
    import('../domain/dataset/pack-files.ts'),
  ])
  const boundaries = await readBoundaries(bytes, filename, choices)
  return { found: describeBoundaries(boundaries), packed: packBoundaries(boundaries), bytes }
}

/** Reads the whole table, so that it is known now what can be measured from it later. */
export async function validateFacilities(input: FileToRead): Promise<ValidFile> {
  const [{ describeFacilities }, { readPositivity }] = await Promise.all([
    import('../domain/files/describe-facilities.ts'),
    import('../domain/files/read-positivity.ts'),
  ])
  return {
    found: describeFacilities(await readPositivity([input], { facilityLevel: 'all', age: 'all', method: 'both' })),
    packed: null,
    bytes: input.bytes,
  }
}

/** Test positivity as JSON text, the indicator it makes, and what must be settled before it is used. */
export async function measurePositivity(input: { facilities: readonly FileToRead[]; choices: PositivityChoices }) {
  const { readPositivity } = await import('../domain/files/read-positivity.ts')
  const measured = await readPositivity(input.facilities, input.choices)
  return { json: writeJson(measured), column: measured.column, questions: measured.questions }
}

/**
 * Joins the current files, as they were packed when they were validated, and the measurements from the facilities into
 * a packed dataset, with its outline as JSON text. Without a ward table, the measured wards are used.
 */
export async function prepareDataset(input: {
  /** The tables of the role, in the order of their upload: together they are one. */
  wards: readonly Uint8Array[]
  boundaries: Uint8Array | null
  settled: SettledMatches
  /** What a person answered to questions about the join. */
  answers: Readonly<Record<string, string>>
  positivity: readonly Uint8Array[]
}) {
  const [
    { joinWards },
    { packDataset },
    { unpackBoundaries, unpackWards },
    { joinPositivity },
    { positivityWards },
    { combineWardTables },
    { outlineDataset },
  ] = await Promise.all([
    import('../domain/dataset/join-wards.ts'),
    import('../domain/dataset/pack-dataset.ts'),
    import('../domain/dataset/pack-files.ts'),
    import('../domain/dataset/join-positivity.ts'),
    import('../domain/dataset/positivity-wards.ts'),
    import('../domain/files/ward/combine-ward-tables.ts'),
    import('../domain/chat/outline-dataset.ts'),
  ])
  const measured = input.positivity.map((json) => readJson<Positivity>(json))
  const wards = input.wards.length === 0 ? positivityWards(measured) : combineWardTables(input.wards.map(unpackWards))
  const dataset = joinWards(
    measured.reduce(joinPositivity, wards),
    input.boundaries && unpackBoundaries(input.boundaries),
    input.settled,
    input.answers,
  )
  return { packed: packDataset(dataset), outline: writeJson(outlineDataset(dataset)) }
}

export async function describeDataset(packed: Uint8Array) {
  const [{ describeDataset }, { unpackDataset }, { openPlanQuestions }] = await Promise.all([
    import('../domain/dataset/describe-dataset.ts'),
    import('../domain/dataset/pack-dataset.ts'),
    import('../domain/plan/open-plan-questions.ts'),
  ])
  const dataset = unpackDataset(packed)
  const { questions, ...described } = describeDataset(dataset)
  return { ...described, questions: { ...questions, plan: openPlanQuestions(dataset.table) } }
}

export async function settleMatches(input: { packed: Uint8Array; choices: MatchChoices }) {
  const [{ settleMatches }, { unpackDataset }] = await Promise.all([
    import('../domain/dataset/settle-matches.ts'),
    import('../domain/dataset/pack-dataset.ts'),
  ])
  return settleMatches(unpackDataset(input.packed), input.choices)
}

export async function mapShapes(packed: Uint8Array) {
  const [{ mapShapes }, { unpackDataset }] = await Promise.all([
    import('../domain/map/map-shapes.ts'),
    import('../domain/dataset/pack-dataset.ts'),
  ])
  return writeJson(mapShapes(unpackDataset(packed)))
}

/**
 * The result as JSON text, what plans are made from, and what an outline shows of it. `stamp` holds the ids and dates
 * that only the service knows.
 */
export async function analyse(input: { packed: Uint8Array; options: AnalysisOptions; stamp: Stamp }) {
  const [{ analyse }, { unpackDataset }, { planBasis }, { packBasis }] = await Promise.all([
    import('../domain/ranking/analyse.ts'),
    import('../domain/dataset/pack-dataset.ts'),
    import('../domain/plan/plan-basis.ts'),
    import('../domain/plan/pack-basis.ts'),
  ])
  const dataset = unpackDataset(input.packed)
  const result = analyse(dataset, input.options)
  return {
    json: writeJson({ ...input.stamp, ...result }),
    basis: packBasis(planBasis(dataset, result)),
    indicators: result.indicators.map(({ name }) => name),
    hasPca: result.wards.some(({ pcaRank }) => pcaRank !== null),
  }
}

/** What plans are made from, made again from the data and the result of an analysis. */
export async function planBasis(input: { packed: Uint8Array; result: Uint8Array }) {
  const [{ unpackDataset }, { planBasis }, { packBasis }] = await Promise.all([
    import('../domain/dataset/pack-dataset.ts'),
    import('../domain/plan/plan-basis.ts'),
    import('../domain/plan/pack-basis.ts'),
  ])
  return packBasis(planBasis(unpackDataset(input.packed), readJson<AnalysisResult>(input.result)))
}

/** The plan as JSON text. */
export async function planNets(input: { basis: Uint8Array; options: PlanOptions; stamp: Stamp }) {
  const [{ planNets }, { unpackBasis }] = await Promise.all([
    import('../domain/plan/plan-nets.ts'),
    import('../domain/plan/pack-basis.ts'),
  ])
  return writeJson({ ...input.stamp, ...planNets(unpackBasis(input.basis), input.options) })
}

export async function comparePlans(plans: readonly Uint8Array[]) {
  const { comparePlans } = await import('../domain/plan/compare-plans.ts')
  return comparePlans(plans.map((plan) => readJson<NamedPlan>(plan)))
}

/**
 * What can be drawn of an analysis, packed. With a plan, the chance of nets is drawn too. Up to `atOnce` ranks are
 * drawn and summed up here: the threads of the steps would cost more than the draws. Of more, `json` is null.
 */
export async function certaintyModel(input: {
  result: Uint8Array
  plan: { readonly basis: Uint8Array; readonly options: PlanOptions } | null
  seed: number
  draws: number
  atOnce: number
}) {
  const [{ certaintyModel, packModel }, { certaintyOf }, { drawRanks }, { summariseDraws }, { unpackBasis }] =
    await Promise.all([
      import('../domain/certainty/certainty-model.ts'),
      import('../domain/certainty/certainty-reply.ts'),
      import('../domain/certainty/draw-ranks.ts'),
      import('../domain/certainty/summarise-draws.ts'),
      import('../domain/plan/pack-basis.ts'),
    ])
  const { seed, draws, atOnce } = input
  const result = readJson<AnalysisResult>(input.result)
  const model = certaintyModel(result, input.plan && { ...input.plan, basis: unpackBasis(input.plan.basis) })
  const { wards } = model
  if (wards * draws > atOnce) return { packed: packModel(model), wards, json: null }
  const slice = summariseDraws(model, [drawRanks(model, seed, 0, draws)], 0, wards)
  return { packed: new Uint8Array(), wards, json: writeJson(certaintyOf(result, model, [slice])) }
}

/** The draws from `from` to `to`, packed. */
export async function drawRanks(input: { model: Uint8Array; seed: number; from: number; to: number }) {
  const [{ unpackModel }, { drawRanks, packDrawn }] = await Promise.all([
    import('../domain/certainty/certainty-model.ts'),
    import('../domain/certainty/draw-ranks.ts'),
  ])
  return packDrawn(drawRanks(unpackModel(input.model), input.seed, input.from, input.to))
}

/** What the draws say of the wards from `from` to `to`. */
export async function summariseDraws(input: {
  model: Uint8Array
  slices: readonly Uint8Array[]
  from: number
  to: number
}) {
  const [{ unpackModel }, { unpackDrawn }, { summariseDraws }] = await Promise.all([
    import('../domain/certainty/certainty-model.ts'),
    import('../domain/certainty/draw-ranks.ts'),
    import('../domain/certainty/summarise-draws.ts'),
  ])
  return summariseDraws(unpackModel(input.model), input.slices.map(unpackDrawn), input.from, input.to)
}

/** What was drawn with a plan, as JSON text of the ranking alone. */
export async function certaintyWithoutNets(certainty: Uint8Array) {
  const { withoutNets } = await import('../domain/certainty/stated-certainty.ts')
  return writeJson(withoutNets(readJson<StatedCertainty>(certainty)))
}

/** How sure the order is, as JSON text. */
export async function certainty(input: { result: Uint8Array; model: Uint8Array; slices: readonly WardSlice[] }) {
  const [{ unpackModel }, { certaintyOf }] = await Promise.all([
    import('../domain/certainty/certainty-model.ts'),
    import('../domain/certainty/certainty-reply.ts'),
  ])
  return writeJson(certaintyOf(readJson<AnalysisResult>(input.result), unpackModel(input.model), input.slices))
}

export async function wardPage(input: { result: Uint8Array; query: WardQuery }) {
  const { wardPage } = await import('../domain/ranking/ward-page.ts')
  return wardPage(readJson<AnalysisResult>(input.result), input.query)
}

export async function explainWard(input: { result: Uint8Array; ward: string }) {
  const { explainNamed } = await import('../domain/ranking/ask-table.ts')
  const result = readJson<AnalysisResult>(input.result)
  return { ward: explainNamed(result, input.ward), caveats: result.caveats }
}

/** Boundaries and results as GeoJSON text; the dataset must be the one the result was made from. */
export async function resultMap(input: { packed: Uint8Array; result: Uint8Array; scope: MapScope }) {
  const [{ resultMap }, { unpackDataset }] = await Promise.all([
    import('../domain/map/result-map.ts'),
    import('../domain/dataset/pack-dataset.ts'),
  ])
  return writeJson(resultMap(unpackDataset(input.packed), readJson<AnalysisResult>(input.result), input.scope))
}
