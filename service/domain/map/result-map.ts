import type { AnalysisResult, RankedWard } from '../ranking/analysis-result.ts'
import type { Bbox } from '../files/boundaries.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { shapeFeatures } from './map-shapes.ts'
import type { MapFeature, MapOptions } from './map-shapes.ts'
import { shownWards, type MapScope } from './shown-wards.ts'

/** A ward's place in the ranking, as a property of its outline. */
export interface MapResult extends Pick<
  RankedWard,
  'wardCode' | 'wardName' | 'lga' | 'score' | 'rank' | 'tier' | 'pcaScore' | 'pcaRank'
> {
  readonly topThirdShare: number
  readonly medianRank: number
}

/** A boundary with its ward's results. A boundary without a ward, or whose ward is not shown, has only its own name. */
export interface ResultFeature extends Omit<MapFeature, 'properties'> {
  readonly properties: MapFeature['properties'] & Partial<MapResult>
}

/** Boundaries with results, and the wards that are ranked but have no boundary. */
export interface ResultMap {
  readonly type: 'FeatureCollection'
  readonly bbox: Bbox
  readonly features: readonly ResultFeature[]
  readonly wardsWithoutBoundary: readonly string[]
}

/**
 * Puts the results on the boundaries. The dataset must be the one that the result was made from.
 * @param options without `tiers` and `lgas`, all wards are shown
 * @throws Fault `no-data` when the dataset has no boundaries, `invalid-input` when the analysis has no such LGA
 */
export function resultMap(dataset: Dataset, result: AnalysisResult, options?: MapOptions & MapScope): ResultMap {
  const features = [...resultFeatures(dataset, result, options)]
  return {
    type: 'FeatureCollection',
    bbox: dataset.boundaries?.bbox ?? [0, 0, 0, 0],
    features,
    wardsWithoutBoundary: dataset.unmatched.map(({ name }) => name),
  }
}

/**
 * The boundaries with their wards' results, one by one.
 * @throws Fault `no-data` when the dataset has no boundaries
 */
export function* resultFeatures(
  dataset: Dataset,
  result: AnalysisResult,
  options: MapOptions & MapScope = {},
): Generator<ResultFeature> {
  const byName = new Map(shownWards(result, options).map((ward) => [ward.wardName, ward]))
  for (const { properties, ...feature } of shapeFeatures(dataset, options)) {
    const ward = properties.matched ? byName.get(properties.wardName) : undefined
    yield { ...feature, properties: ward === undefined ? properties : { ...properties, ...mapResult(ward) } }
  }
}

function mapResult({
  wardCode,
  wardName,
  lga,
  score,
  rank,
  tier,
  pcaScore,
  pcaRank,
  robustness,
}: RankedWard): MapResult {
  return { wardCode, wardName, lga, score, rank, tier, pcaScore, pcaRank, ...robustness }
}
