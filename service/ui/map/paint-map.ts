import type { Placed, PlacedShape } from './place-shapes.ts'

/** Where the drawing lies on the canvas: a point is at `x * k + left`, `y * k + top`, in CSS pixels. */
export interface Sight {
  readonly k: number
  readonly left: number
  readonly top: number
}

/** What a shape looks like: a class of the legend, no value, or put back by the filter. */
export interface Look {
  /** Colours by class, as names of the style sheet. */
  readonly colours: readonly string[]
  /** The class of each shape; -1 without a value. */
  readonly classOf: Int16Array
  /** 1 for each shape that the filter puts back. */
  readonly isBack: Uint8Array
}

/** A name to write on the map. */
export interface Label {
  readonly shape: number
  readonly text: string
}

/** All shapes of one colour, drawn at once. */
export interface Batch {
  readonly fill: string
  readonly line: string
  readonly path: Path2D
}

/** Widths of lines, in pixels. */
const THIN = 0.8
const THICK = 2
const OUTLINE = 2.5
/** The side of a ward, in pixels, below which borders of LGAs are thin. */
const TINY = 10
const HATCH = 6
const LABEL_PIXELS = 12

/** Shapes in the order in which they are drawn: each colour is one path, light colours first. */
export function batchesOf({ shapes }: Placed, look: Look): readonly Batch[] {
  const paths = new Map<string, Path2D>()
  const order = ['back', 'blank', ...look.colours]
  for (const [at, shape] of shapes.entries()) {
    const name = look.isBack[at] === 1 ? 'back' : (look.colours[look.classOf[at] ?? -1] ?? 'blank')
    let path = paths.get(name)
    if (path === undefined) paths.set(name, (path = new Path2D()))
    addTo(path, shape)
  }
  return order.flatMap((name) => {
    const path = paths.get(name)
    return path === undefined ? [] : [{ fill: name, line: `${name}-line`, path }]
  })
}

export function pathOf(shape: PlacedShape): Path2D {
  const path = new Path2D()
  addTo(path, shape)
  return path
}

/** Rings end where they begin. Chromium's `closePath` takes longer the more a path already holds. */
function addTo(path: Path2D, { rings }: PlacedShape): void {
  for (const ring of rings) {
    path.moveTo(ring[0] ?? 0, ring[1] ?? 0)
    for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at] ?? 0, ring[at + 1] ?? 0)
  }
}

/** A path along many segments: one that begins where the one before ends goes on from there. */
export function linesPath(lines: Float64Array): Path2D {
  const path = new Path2D()
  for (let at = 0; at < lines.length; at += 4) {
    if (at === 0 || lines[at] !== lines[at - 2] || lines[at + 1] !== lines[at - 1])
      path.moveTo(lines[at] ?? 0, lines[at + 1] ?? 0)
    path.lineTo(lines[at + 2] ?? 0, lines[at + 3] ?? 0)
  }
  return path
}

/** What lies below the pointer: the wards, the borders of the LGAs, and names where there is room for them. */
export interface Ground {
  readonly batches: readonly Batch[]
  readonly borders: Path2D | null
  readonly labels: readonly Label[]
}

export function paintGround(
  canvas: HTMLCanvasElement,
  sight: Sight,
  { shapes, wide, high }: Placed,
  { batches, borders, labels }: Ground,
): void {
  const context = begin(canvas, sight)
  if (context === null) return
  const colour = coloursOf(canvas)
  for (const { fill, line, path } of batches) {
    context.fillStyle = colour(fill)
    context.fill(path, 'evenodd')
    if (fill === 'blank') {
      context.fillStyle = hatchOf(context, colour('blank-line'), sight.k) ?? colour('blank')
      context.fill(path, 'evenodd')
    }
    context.strokeStyle = colour(line)
    context.lineWidth = THIN / sight.k
    context.stroke(path)
  }
  // A light rim, so that the line is seen inside the darkest class too; where wards are tiny, it would hide them.
  const isTiny = sight.k * Math.sqrt((wide * high) / Math.max(1, shapes.length)) < TINY
  for (const [name, width] of isTiny
    ? ([['lga-line', THIN]] as const)
    : ([
        ['lga-rim', THICK + 1.6],
        ['lga-line', THICK],
      ] as const)) {
    if (borders === null) break
    context.strokeStyle = colour(name)
    context.lineWidth = width / sight.k
    context.stroke(borders)
  }
  writeLabels(context, canvas, sight, shapes, labels)
}

/** Draws what changes with the pointer: outlines of single wards. */
export function paintMarks(
  canvas: HTMLCanvasElement,
  sight: Sight,
  { shapes }: Placed,
  marks: { readonly hovered: number | null; readonly selected: number | null },
): void {
  const context = begin(canvas, sight)
  if (context === null) return
  const colour = coloursOf(canvas)
  for (const [at, name] of [
    [marks.hovered, 'hovered'],
    [marks.selected, 'selected'],
  ] as const) {
    const shape = at === null ? undefined : shapes[at]
    if (shape === undefined) continue
    const path = pathOf(shape)
    for (const [line, width] of [
      ['mark-rim', 2 * OUTLINE + 1],
      [name, OUTLINE],
    ] as const) {
      context.strokeStyle = colour(line)
      context.lineWidth = width / sight.k
      context.stroke(path)
    }
  }
}

/** Writes the names of the wards that are wide enough for them and inside the canvas. */
function writeLabels(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  { k, left, top }: Sight,
  shapes: readonly PlacedShape[],
  labels: readonly Label[],
): void {
  const ratio = devicePixelRatio
  const colour = coloursOf(canvas)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.font = `600 ${LABEL_PIXELS}px ${getComputedStyle(canvas).fontFamily}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineWidth = 3
  for (const { shape: at, text } of labels) {
    const shape = shapes[at]
    if (shape === undefined) continue
    const [x, y] = [shape.centre[0] * k + left, shape.centre[1] * k + top]
    if (x < 0 || y < 0 || x > canvas.clientWidth || y > canvas.clientHeight) continue
    const [wide, high] = [(shape.box[2] - shape.box[0]) * k, (shape.box[3] - shape.box[1]) * k]
    if (high < 1.5 * LABEL_PIXELS || wide < context.measureText(text).width) continue
    context.strokeStyle = colour('label-rim')
    context.strokeText(text, x, y)
    context.fillStyle = colour('label')
    context.fillText(text, x, y)
  }
}

/** An empty canvas in drawing units, as sharp as the screen. */
function begin(canvas: HTMLCanvasElement, { k, left, top }: Sight): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio
  const [wide, high] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)]
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== high) canvas.height = high
  const context = canvas.getContext('2d')
  if (context === null || wide === 0 || high === 0) return null
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, wide, high)
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * left, ratio * top)
  context.lineJoin = 'round'
  return context
}

/** Looks up colours of the map in the style sheet, where they are named `--map-…`. */
function coloursOf(canvas: HTMLCanvasElement): (name: string) => string {
  const style = getComputedStyle(canvas)
  return (name) => style.getPropertyValue(`--map-${name}`).trim() || style.color
}

/** Slanted lines: a ward without a value looks like no class. */
function hatchOf(context: CanvasRenderingContext2D, line: string, k: number): CanvasPattern | null {
  const tile = document.createElement('canvas')
  tile.width = tile.height = HATCH
  const drawn = tile.getContext('2d')
  if (drawn === null) return null
  drawn.strokeStyle = line
  drawn.beginPath()
  drawn.moveTo(0, HATCH)
  drawn.lineTo(HATCH, 0)
  drawn.stroke()
  const pattern = context.createPattern(tile, 'repeat')
  pattern?.setTransform(new DOMMatrix().scale(1 / k))
  return pattern
}
