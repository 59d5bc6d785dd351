import type { ScaleLinear } from 'd3-scale'
import { element, rounded, type SvgElement } from './svg-element.ts'

export type Scale = ScaleLinear<number, number>

/** A chart is as wide as a column of text; its height depends on what it shows. */
export const WIDTH = 720
/** The room above the drawing, for its heading, and below it, for the axis and its title. */
export const TOP = 48
export const BOTTOM = 52
export const RIGHT = 24

const INK = '#222222'
const GRID = '#cccccc'
/** Dark enough to be told from white in grey. */
export const FILL = '#2b5c8a'
const LETTER_WIDTH = 7.2
const LONGEST_LABEL = 32
/** About how many ticks an axis has. */
export const TICKS = 5

/**
 * A whole chart: a white ground, so that it is legible on any page, its heading, and a description for those who do not
 * see it.
 */
export function wholeChart(
  { height, heading, description }: { readonly height: number; readonly heading: string; readonly description: string },
  parts: readonly SvgElement[],
): string {
  return element(
    'svg',
    {
      viewBox: `0 0 ${String(WIDTH)} ${String(height)}`,
      width: WIDTH,
      height,
      role: 'img',
      'font-family': 'sans-serif',
      'font-size': 12,
      fill: INK,
    },
    element('title', {}, heading),
    element('desc', {}, description),
    element('rect', { x: 0, y: 0, width: WIDTH, height, fill: '#ffffff' }),
    element('text', { x: 12, y: 24, 'font-size': 15, 'font-weight': 'bold' }, shortened(heading, 84)),
    ...parts,
  ).toString()
}

/** A horizontal axis under the drawing, with its title, and a line up from each tick. */
export function bottomAxis(scale: Scale, top: number, bottom: number, title: string): SvgElement {
  const ticks = scale.ticks(TICKS)
  const say = scale.tickFormat(TICKS)
  const [left = 0, right = 0] = scale.range()
  return element(
    'g',
    { 'text-anchor': 'middle' },
    ...ticks.map((tick) =>
      element('line', { x1: scale(tick), x2: scale(tick), y1: top, y2: bottom + 4, stroke: GRID, 'stroke-width': 1 }),
    ),
    ...ticks.map((tick) => element('text', { x: scale(tick), y: bottom + 18 }, say(tick))),
    element('line', { x1: left, x2: right, y1: bottom, y2: bottom, stroke: INK, 'stroke-width': 1 }),
    element('text', { x: (left + right) / 2, y: bottom + 38 }, shortened(title, 80)),
  )
}

/** A vertical axis at the left of the drawing, with its title, and a line across from each tick. */
export function leftAxis(scale: Scale, left: number, right: number, title: string): SvgElement {
  const ticks = scale.ticks(TICKS)
  const say = scale.tickFormat(TICKS)
  const [bottom = 0, top = 0] = scale.range()
  const middle = (top + bottom) / 2
  return element(
    'g',
    { 'text-anchor': 'end' },
    ...ticks.map((tick) =>
      element('line', { x1: left - 4, x2: right, y1: scale(tick), y2: scale(tick), stroke: GRID, 'stroke-width': 1 }),
    ),
    ...ticks.map((tick) => element('text', { x: left - 8, y: scale(tick) + 4 }, say(tick))),
    element('line', { x1: left, x2: left, y1: top, y2: bottom, stroke: INK, 'stroke-width': 1 }),
    element(
      'text',
      { x: 16, y: middle, 'text-anchor': 'middle', transform: `rotate(-90 16 ${rounded(middle)})` },
      shortened(title, 44),
    ),
  )
}

/** Names at the left of rows, one each, and the room that they need. */
export function rowLabels(
  names: readonly string[],
  middleOf: (row: number) => number,
): { labels: SvgElement; left: number } {
  const shown = names.map((name) => shortened(name, LONGEST_LABEL))
  const longest = Math.max(4, ...shown.map((name) => [...name].length))
  const left = 20 + longest * LETTER_WIDTH
  return {
    left,
    labels: element(
      'g',
      { 'text-anchor': 'end' },
      ...shown.map((name, row) => element('text', { x: left - 8, y: middleOf(row) + 4 }, name)),
    ),
  }
}

export function shortened(name: string, most: number): string {
  const letters = [...name.slice(0, 4 * most)]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')
}
