import type { Sight } from './paint-map.ts'
import { panZoom, UNMOVED } from './pan-zoom.ts'
import type { Box, Placed } from './place-shapes.ts'

const MARGIN = 12
const STEP = 1.6
/** Closer than this, a single ward would be a few straight lines. */
const MOST_FITTED = 40
/** A ward or an LGA that is fitted leaves this part of the canvas around it. */
const AROUND = 0.15

export interface MapZoom {
  /** Where the drawing lies now. */
  readonly sight: () => Sight
  /** Zooms by one step, in or out, around the middle. */
  readonly step: (isIn: boolean) => void
  /** Moves by a part of the canvas. */
  readonly move: (x: number, y: number) => void
  /** The whole area. */
  readonly reset: () => void
  /** Shows a part of the drawing. */
  readonly fit: (box: Box) => void
  /** Moves a part of the drawing into view if it lies outside. */
  readonly reveal: (box: Box) => void
}

/**
 * Lets people zoom and move the map on a canvas, and the page as well.
 * @param onMove called after every change
 */
export function zoomMap(canvas: HTMLCanvasElement, placed: () => Placed | null, onMove: () => void): MapZoom {
  const { now, set, zoomAt } = panZoom(canvas, onMove)
  const size = (): readonly [width: number, height: number] => [canvas.clientWidth, canvas.clientHeight]
  /** The drawing as large as the canvas takes it. */
  const base = (): Sight => {
    const { wide, high } = placed() ?? { wide: 1, high: 1 }
    const [width, height] = size()
    const k = Math.max(1e-6, Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high))
    return { k, left: (width - wide * k) / 2, top: (height - high * k) / 2 }
  }
  const sight = (): Sight => {
    const [{ k, left, top }, moved] = [base(), now()]
    return { k: k * moved.k, left: left * moved.k + moved.left, top: top * moved.k + moved.top }
  }
  const moveBy = (x: number, y: number): void => {
    const moved = now()
    set({ ...moved, left: moved.left + x, top: moved.top + y })
  }
  const fit = ([left, top, right, bottom]: Box): void => {
    const at = base()
    const [width, height] = size()
    const room = 1 - 2 * AROUND
    const wanted = Math.min(
      (width * room) / Math.max(right - left, 1e-6),
      (height * room) / Math.max(bottom - top, 1e-6),
    )
    const k = Math.max(1, Math.min(MOST_FITTED, wanted / at.k))
    const [x, y] = [((left + right) / 2) * at.k + at.left, ((top + bottom) / 2) * at.k + at.top]
    set({ k, left: width / 2 - k * x, top: height / 2 - k * y })
  }
  return {
    sight,
    fit,
    step: (isIn) => {
      const [width, height] = size()
      zoomAt(width / 2, height / 2, isIn ? STEP : 1 / STEP)
    },
    move: (x, y) => {
      const [width, height] = size()
      moveBy(x * width, y * height)
    },
    reset: () => {
      set(UNMOVED)
    },
    reveal: (box) => {
      const { k, left, top } = sight()
      const [width, height] = size()
      const [x0, y0, x1, y1] = [box[0] * k + left, box[1] * k + top, box[2] * k + left, box[3] * k + top]
      const isSeen = x1 > 0 && y1 > 0 && x0 < width && y0 < height
      if (!isSeen) moveBy((width - x0 - x1) / 2, (height - y0 - y1) / 2)
    },
  }
}
