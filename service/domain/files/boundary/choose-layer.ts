import { makeFinding, type Finding } from '../finding.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { makeQuestion, type Question } from '../reading/question.ts'
import { say } from '../../said.ts'
import type { Layer } from './layer.ts'

/** The layer that is read, with what is to be said or asked about that. */
export interface ChosenLayer {
  readonly layer: Layer
  readonly findings: readonly Finding[]
  readonly questions: readonly Question[]
}

const LEVEL = /(?:adm(?:in)?(?:istrative)?(?:bnda)?|level|niveau|gadm\w*?|shapes?)[ _-]?(\d)(?!\d)/i
const WARD = /(?:^|[^a-z])wards?(?:[^a-z]|$)/i
const QUESTION = 'sheet-or-layer:layer'
const MOST_OPTIONS = 50

/**
 * Chooses among the layers of a file: the one that a person named; the only one; the only one that is named after wards
 * or has the deepest administrative level of all in its name, if no other layer has more features. Otherwise it is
 * asked, and the layer with the most features stands in until then.
 */
export function chooseLayer(layers: readonly [Layer, ...Layer[]], choices: ReadingChoices): ChosenLayer {
  const settled = choices.layer ?? choices.answers?.[QUESTION]
  const named = settled === undefined ? undefined : layers.find(({ name }) => name === settled)
  if (named !== undefined)
    return {
      layer: named,
      findings: layers.length > 1 ? [layerFinding(named, layers, 'layer-as-settled')] : [],
      questions: [],
    }
  if (layers.length === 1) return { layer: layers[0], findings: [], questions: [] }
  const evident = evidentLayer(layers)
  if (evident !== undefined)
    return { layer: evident, findings: [layerFinding(evident, layers, 'layer-by-name-and-size')], questions: [] }
  const [largest = layers[0]] = layers.toSorted((one, other) => other.features - one.features)
  return { layer: largest, findings: [], questions: [questionAbout(layers)] }
}

function evidentLayer(layers: readonly Layer[]): Layer | undefined {
  const wards = layers.filter(({ name }) => WARD.test(name))
  const levels = layers.map(({ name }) => levelOf(name))
  const deepest = Math.max(...levels.map((level) => level ?? -1))
  const deep = layers.filter((_, at) => levels[at] === deepest)
  const [found, another] = wards.length > 0 ? wards : levels.every((level) => level !== undefined) ? deep : []
  const isLargest = found !== undefined && layers.every(({ features }) => features <= found.features)
  return another === undefined && isLargest ? found : undefined
}

/** The administrative level in a layer's name: 3 of `nga_admbnda_adm3_osgof`. */
function levelOf(name: string): number | undefined {
  const found = LEVEL.exec(name)?.[1]
  return found === undefined ? undefined : Number(found)
}

function layerFinding(
  layer: Layer,
  layers: readonly Layer[],
  kind: 'layer-as-settled' | 'layer-by-name-and-size',
): Finding {
  return makeFinding('entry-ignored', say(kind, { name: layer.name, layers: layers.length }), {
    count: layers.length - 1,
    examples: layers.filter((other) => other !== layer).map(({ name }) => name),
  })
}

function questionAbout(layers: readonly Layer[]): Question {
  return makeQuestion({
    id: QUESTION,
    kind: 'sheet-or-layer',
    said: say('which-layer', { count: layers.length }),
    options: layers
      .slice(0, MOST_OPTIONS)
      .map(({ name, features }) => ({ value: name, said: say('read-layer', { name, features }) })),
    affects: 'ranking',
    columns: [],
  })
}
