import type { AnalysisOptions, AnalysisResult } from '../domain/analysis-result.ts'
import { analyse } from '../domain/analyse.ts'
import { packDataset, unpackDataset } from '../domain/pack-dataset.ts'
import { describeBoundaries } from '../domain/describe-boundaries.ts'
import { describeDataset } from '../domain/describe-dataset.ts'
import { describeWards } from '../domain/describe-wards.ts'
import { exportRankings } from '../domain/export-rankings.ts'
import { joinWards } from '../domain/join-wards.ts'
import { mapShapes } from '../domain/map-shapes.ts'
import { readBoundaries } from '../domain/read-boundaries.ts'
import { readWards } from '../domain/read-wards.ts'
import { wardPage, type WardQuery } from '../domain/ward-page.ts'

export interface FileBytes {
  readonly filename: string
  readonly bytes: Uint8Array
}

/**
 * What runs on worker threads: bytes and plain values in, bytes and plain values out.
 * JSON that goes straight to a client or a store stays text in bytes, so that the event loop never parses it.
 */
export const jobs = {
  /** Hands back the bytes it validated, so that those and no others are stored. */
  async validateWards({ bytes, filename }: FileBytes) {
    return { found: describeWards(await readWards(bytes, filename)), bytes }
  },
  async validateBoundaries({ bytes, filename }: FileBytes) {
    return { found: describeBoundaries(await readBoundaries(bytes, filename)), bytes }
  },
  /** Reads and joins the current files into a packed dataset. */
  async prepareDataset(input: { wards: FileBytes; boundaries: FileBytes | null }) {
    const table = await readWards(input.wards.bytes, input.wards.filename)
    const boundaries = input.boundaries && await readBoundaries(input.boundaries.bytes, input.boundaries.filename)
    return packDataset(joinWards(table, boundaries))
  },
  describeDataset: (packed: Uint8Array) => describeDataset(unpackDataset(packed)),
  mapShapes: (packed: Uint8Array) => encode(mapShapes(unpackDataset(packed))),
  /** The result as JSON text, without the ids and dates that only the service knows; those come in as `stamp`. */
  analyse: (input: { packed: Uint8Array; options: AnalysisOptions; stamp: Readonly<Record<string, unknown>> }) =>
    encode({ ...input.stamp, ...analyse(unpackDataset(input.packed), input.options) }),
  wardPage: (input: { result: Uint8Array; query: WardQuery }) => wardPage(decode(input.result), input.query),
  exportRankings: (result: Uint8Array) => new TextEncoder().encode(exportRankings(decode(result)))
} as const

export type Jobs = typeof jobs
export type JobName = keyof Jobs

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function decode(bytes: Uint8Array): AnalysisResult {
  return JSON.parse(new TextDecoder().decode(bytes)) as AnalysisResult
}
