import { drawCaveats, type StatedCertainty } from '../certainty/stated-certainty.ts'
import type { SureWard } from '../certainty/certainty-reply.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { NetPlan } from '../plan/net-plan.ts'
import type { PlannedWard } from '../plan/planned-ward.ts'
import { resultFeatures } from '../map/result-map.ts'
import type { ResultFeature } from '../map/result-map.ts'
import type { DifferingName } from '../dataset/spelled-differently.ts'

const MOST_POINTS = 1_000_000

/** A ward's values by indicator, how sure its place is, and its nets if there is a plan. */
type ExportedProperties = ResultFeature['properties'] &
  Partial<PlannedWard> &
  Partial<Pick<SureWard, 'rankLow' | 'rankHigh' | 'chanceHigh' | 'chanceNets' | 'verdict'>> & {
    readonly boundaryName?: string
    readonly joinedBy?: DifferingName['joinedBy']
    readonly indicators?: Readonly<Record<string, { readonly value: number; readonly imputed?: string }>>
  }

/**
 * Writes map.geojson, feature by feature: positions to a metre, up to a million points. Each ward has its results and
 * the values it was ranked by, and its boundary's name if that is spelled differently. With a plan it also has its
 * population, need, nets and chance of nets. The caveats are a member of the collection. Passes over the vertices
 * twice.
 */
export function* exportMap(
  dataset: Dataset,
  result: AnalysisResult & { readonly datasetVersion: number; readonly analysisId: string },
  plan: (NetPlan & { readonly id: string }) | null,
  certainty: StatedCertainty,
): Generator<string> {
  const nets = new Map(
    plan?.wards.map(({ wardName, allocationTier, population, need, allocated, covered, coveragePercent }) => [
      wardName,
      { allocationTier, population, need, allocated, covered, coveragePercent },
    ]),
  )
  const indicators = new Map(
    result.wards.map((ward) => [
      ward.wardName,
      Object.fromEntries(
        ward.indicators.map(({ name, raw, imputed }) => [
          name,
          { value: raw, ...(imputed !== undefined && { imputed }) },
        ]),
      ),
    ]),
  )
  const spellings = new Map(
    result.spelledDifferently.map(({ ward, boundary, joinedBy }) => [ward, { boundaryName: boundary, joinedBy }]),
  )
  const sure = new Map(
    certainty.wards.map(({ wardName, rankLow, rankHigh, chanceHigh, chanceNets, verdict }) => [
      wardName,
      { rankLow, rankHigh, chanceHigh, ...(chanceNets !== null && { chanceNets }), verdict },
    ]),
  )
  const head = {
    type: 'FeatureCollection',
    bbox: dataset.boundaries?.bbox,
    datasetVersion: result.datasetVersion,
    analysisId: result.analysisId,
    ...(plan !== null && { planId: plan.id }),
    wardsWithoutBoundary: dataset.unmatched.map(({ name }) => name),
    certainty: { seed: certainty.seed, draws: certainty.draws },
    // A plan's caveats hold those of its ranking.
    caveats: [...(plan?.caveats ?? result.caveats), ...drawCaveats(certainty)],
  }
  yield `${JSON.stringify(head).slice(0, -1)},"features":[`
  let isFirst = true
  for (const { properties, ...feature } of resultFeatures(dataset, result, { mostPoints: MOST_POINTS })) {
    const { wardName, matched } = properties
    const shown: ExportedProperties = matched
      ? {
          ...properties,
          ...spellings.get(wardName),
          ...nets.get(wardName),
          ...sure.get(wardName),
          indicators: indicators.get(wardName) ?? {},
        }
      : properties
    yield `${isFirst ? '' : ','}\n${JSON.stringify({ ...feature, properties: shown })}`
    isFirst = false
  }
  yield '\n]}\n'
}
