import type { AnalysisResult } from './analysis-result.ts'
import type { Dataset } from './dataset.ts'
import type { NetPlan, PlannedWard } from './net-plan.ts'
import { resultMap } from './result-map.ts'
import type { ResultFeature, ResultMap } from './result-map.ts'

const MOST_POINTS = 1_000_000

/** A ward's values by indicator, and its nets where there is a plan. */
type ExportedProperties = ResultFeature['properties'] & Partial<PlannedWard> & {
  readonly indicators?: Readonly<Record<string, { readonly value: number; readonly imputed?: string }>>
}

/** Boundaries, results and, with a plan, its nets. */
export interface ExportedMap extends Omit<ResultMap, 'features'> {
  readonly datasetVersion: number
  readonly analysisId: string
  readonly planId?: string
  readonly features: readonly (Omit<ResultFeature, 'properties'> & { readonly properties: ExportedProperties })[]
}

/**
 * The map as map.geojson: places to a metre, up to a million points. Each ward has its results and the values it was
 * ranked by; with a plan also its population, need and nets.
 */
export function exportMap(dataset: Dataset, result: AnalysisResult & { readonly datasetVersion: number; readonly analysisId: string }, plan: (NetPlan & { readonly id: string }) | null): ExportedMap {
  const { features, ...map } = resultMap(dataset, result, { mostPoints: MOST_POINTS })
  const nets = new Map(plan?.wards.map(({ wardName, allocationTier, population, need, allocated, covered, coveragePercent }) => [wardName, { allocationTier, population, need, allocated, covered, coveragePercent }]))
  const indicators = new Map(result.wards.map((ward) => [ward.wardName, Object.fromEntries(ward.indicators.map(({ name, raw, imputed }) => [name, { value: raw, ...(imputed !== undefined && { imputed }) }]))]))
  return {
    ...map,
    datasetVersion: result.datasetVersion,
    analysisId: result.analysisId,
    ...(plan !== null && { planId: plan.id }),
    features: features.map(({ properties, ...feature }) => {
      const { wardName, matched } = properties
      if (!matched) return { ...feature, properties }
      return { ...feature, properties: { ...properties, ...nets.get(wardName), indicators: indicators.get(wardName) ?? {} } }
    }),
  }
}
