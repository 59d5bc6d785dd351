import { answerJobs } from './answer-jobs.ts'
import type { AnalysisOptions, AnalysisResult } from '../domain/ranking/analysis-result.ts'
import type { Boundaries } from '../domain/files/boundaries.ts'
import type { SettledMatches } from '../domain/dataset/dataset.ts'
import type { PlanOptions } from '../domain/plan/plan-options.ts'
import type { MatchChoices } from '../domain/dataset/settle-matches.ts'
import type { Positivity, PositivityChoices } from '../domain/files/positivity.ts'
import type { WardTable } from '../domain/files/ward-table.ts'
import type { WardQuery } from '../domain/ranking/ward-page.ts'
import { readJson, writeJson } from './own-json.ts'

export interface FileBytes {
  readonly filename: string
  readonly bytes: Uint8Array
}

/** What only the service knows about a result: its id, its date, the version of its data. */
export type Stamp = Readonly<Record<string, unknown>>

/**
 * What runs on worker threads: bytes and plain values in, bytes and plain values out.
 * JSON that goes straight to a client or a store stays text in bytes, so that the event loop never parses it.
 * Each job imports only what it needs: a thread does one job, and loading every reader would cost more than most jobs.
 */
export const jobs = {
  ...answerJobs,
  /** Returns the bytes it validated, so that exactly those are stored. */
  async validateWards(input: FileBytes) {
    const { describeWards } = await import('../domain/files/describe-wards.ts')
    return { found: describeWards(await wardsOf(input)), bytes: input.bytes }
  },
  async validateBoundaries(input: FileBytes) {
    const { describeBoundaries } = await import('../domain/files/describe-boundaries.ts')
    return { found: describeBoundaries(await boundariesOf(input)), bytes: input.bytes }
  },
  /** Reads the whole table, so that it is known now what can be measured from it later. */
  async validateFacilities(input: FileBytes) {
    const [{ describeFacilities }, { readPositivity }] = await Promise.all([
      import('../domain/files/describe-facilities.ts'),
      import('../domain/files/read-positivity.ts'),
    ])
    return {
      found: describeFacilities(
        await readPositivity(input.bytes, input.filename, { facilityLevel: 'all', age: 'all', method: 'both' }),
      ),
      bytes: input.bytes,
    }
  },
  /** Test positivity as JSON text, and the indicator it makes. */
  async measurePositivity(input: { facilities: FileBytes; choices: PositivityChoices }) {
    const { readPositivity } = await import('../domain/files/read-positivity.ts')
    const measured = await readPositivity(input.facilities.bytes, input.facilities.filename, input.choices)
    return { json: writeJson(measured), column: measured.column }
  },
  /**
   * Joins the current files and the measurements from the facilities into a packed dataset, with its outline as JSON
   * text. Without a ward table, the measured wards are used.
   */
  async prepareDataset(input: {
    wards: FileBytes | null
    boundaries: FileBytes | null
    settled: SettledMatches
    positivity: readonly Uint8Array[]
  }) {
    const [{ joinWards }, { packDataset }, { joinPositivity }, { positivityWards }, { outlineDataset }] =
      await Promise.all([
        import('../domain/dataset/join-wards.ts'),
        import('../domain/dataset/pack-dataset.ts'),
        import('../domain/dataset/join-positivity.ts'),
        import('../domain/dataset/positivity-wards.ts'),
        import('../domain/chat/outline-dataset.ts'),
      ])
    const measured = input.positivity.map((json) => readJson<Positivity>(json))
    const wards = input.wards === null ? positivityWards(measured) : await wardsOf(input.wards)
    const dataset = joinWards(
      measured.reduce(joinPositivity, wards),
      input.boundaries && (await boundariesOf(input.boundaries)),
      input.settled,
    )
    return { packed: packDataset(dataset), outline: writeJson(outlineDataset(dataset)) }
  },
  async describeDataset(packed: Uint8Array) {
    const [{ describeDataset }, { unpackDataset }] = await Promise.all([
      import('../domain/dataset/describe-dataset.ts'),
      import('../domain/dataset/pack-dataset.ts'),
    ])
    return describeDataset(unpackDataset(packed))
  },
  async settleMatches(input: { packed: Uint8Array; choices: MatchChoices }) {
    const [{ settleMatches }, { unpackDataset }] = await Promise.all([
      import('../domain/dataset/settle-matches.ts'),
      import('../domain/dataset/pack-dataset.ts'),
    ])
    return settleMatches(unpackDataset(input.packed), input.choices)
  },
  async mapShapes(packed: Uint8Array) {
    const [{ mapShapes }, { unpackDataset }] = await Promise.all([
      import('../domain/map/map-shapes.ts'),
      import('../domain/dataset/pack-dataset.ts'),
    ])
    return writeJson(mapShapes(unpackDataset(packed)))
  },
  /**
   * The result as JSON text, what plans are made from, and what an outline shows of it. `stamp` holds the ids and dates
   * that only the service knows.
   */
  async analyse(input: { packed: Uint8Array; options: AnalysisOptions; stamp: Stamp }) {
    const [{ analyse }, { unpackDataset }, { packBasis, planBasis }] = await Promise.all([
      import('../domain/ranking/analyse.ts'),
      import('../domain/dataset/pack-dataset.ts'),
      import('../domain/plan/plan-basis.ts'),
    ])
    const dataset = unpackDataset(input.packed)
    const result = analyse(dataset, input.options)
    return {
      json: writeJson({ ...input.stamp, ...result }),
      basis: packBasis(planBasis(dataset, result)),
      indicators: result.indicators.map(({ name }) => name),
      hasPca: result.wards.some(({ pcaRank }) => pcaRank !== null),
    }
  },
  /** What plans are made from, made again from the data and the result of an analysis. */
  async planBasis(input: { packed: Uint8Array; result: Uint8Array }) {
    const [{ unpackDataset }, { packBasis, planBasis }] = await Promise.all([
      import('../domain/dataset/pack-dataset.ts'),
      import('../domain/plan/plan-basis.ts'),
    ])
    return packBasis(planBasis(unpackDataset(input.packed), readJson<AnalysisResult>(input.result)))
  },
  /** The plan as JSON text. */
  async planNets(input: { basis: Uint8Array; options: PlanOptions; stamp: Stamp }) {
    const [{ planNets }, { unpackBasis }] = await Promise.all([
      import('../domain/plan/plan-nets.ts'),
      import('../domain/plan/plan-basis.ts'),
    ])
    return writeJson({ ...input.stamp, ...planNets(unpackBasis(input.basis), input.options) })
  },
  async wardPage(input: { result: Uint8Array; query: WardQuery }) {
    const { wardPage } = await import('../domain/ranking/ward-page.ts')
    return wardPage(readJson<AnalysisResult>(input.result), input.query)
  },
  async explainWard(input: { result: Uint8Array; ward: string }) {
    const { explainNamed } = await import('../domain/ranking/ask-table.ts')
    const result = readJson<AnalysisResult>(input.result)
    return { ward: explainNamed(result, input.ward), caveats: result.caveats }
  },
  /** Boundaries and results as GeoJSON text; the dataset must be the one the result was made from. */
  async resultMap(input: { packed: Uint8Array; result: Uint8Array }) {
    const [{ resultMap }, { unpackDataset }] = await Promise.all([
      import('../domain/map/result-map.ts'),
      import('../domain/dataset/pack-dataset.ts'),
    ])
    return writeJson(resultMap(unpackDataset(input.packed), readJson<AnalysisResult>(input.result)))
  },
} as const

export type Jobs = typeof jobs
export type JobName = keyof Jobs

async function wardsOf({ bytes, filename }: FileBytes): Promise<WardTable> {
  const { readWards } = await import('../domain/files/read-wards.ts')
  return readWards(bytes, filename)
}

async function boundariesOf({ bytes, filename }: FileBytes): Promise<Boundaries> {
  const { readBoundaries } = await import('../domain/files/read-boundaries.ts')
  return readBoundaries(bytes, filename)
}
