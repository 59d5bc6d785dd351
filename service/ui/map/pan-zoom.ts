/** How a drawing was zoomed and moved: a point of it is at `x * k + left`, `y * k + top`, in CSS pixels. */
export interface Moved {
  readonly k: number
  readonly left: number
  readonly top: number
}

export interface PanZoom {
  readonly now: () => Moved
  readonly set: (moved: Moved) => void
  /** Zooms around a point of the element. */
  readonly zoomAt: (x: number, y: number, times: number) => void
}

export const UNMOVED: Moved = { k: 1, left: 0, top: 0 } as const
const MOST_TIMES = 60
/** A press that moves less than this is a click. */
const CLICK_PIXELS = 4
/** How much a pixel, a line and a page of the wheel zoom, as powers of two. */
const WHEEL = [0.002, 0.05, 1] as const
/** With Ctrl, which a touchpad's pinch sends, the wheel turns in small steps. */
const PINCHED = 10

interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Lets wheel, touchpad, one and two pointers and a double click zoom and move what an element shows.
 * @param onMove called after every change
 */
export function panZoom(element: HTMLElement, onMove: () => void): PanZoom {
  const pointers = new Map<number, Place>()
  let moved = UNMOVED
  /** How far the press has gone so far. */
  let gone = 0

  const set = (next: Moved): void => {
    moved = next
    onMove()
  }
  const zoomAt = (x: number, y: number, times: number): void => {
    const k = Math.max(1, Math.min(MOST_TIMES, moved.k * times))
    const by = k / moved.k
    set({ k, left: x - (x - moved.left) * by, top: y - (y - moved.top) * by })
  }
  const placeOf = ({ clientX, clientY }: MouseEvent): Place => {
    const { left, top } = element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  /** The middle of the pointers, and how far they are apart. */
  const spanOf = (): Place & { readonly apart: number } => {
    const [one = { x: 0, y: 0 }, other = one] = [...pointers.values()]
    return {
      x: (one.x + other.x) / 2,
      y: (one.y + other.y) / 2,
      apart: Math.hypot(one.x - other.x, one.y - other.y),
    }
  }

  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      const { x, y } = placeOf(event)
      zoomAt(x, y, 2 ** (-event.deltaY * (WHEEL[event.deltaMode] ?? 1) * (event.ctrlKey ? PINCHED : 1)))
    },
    { passive: false },
  )
  element.addEventListener('dblclick', (event) => {
    event.preventDefault()
    const { x, y } = placeOf(event)
    zoomAt(x, y, event.shiftKey ? 1 / 2 : 2)
  })
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    if (pointers.size === 0) gone = 0
    pointers.set(event.pointerId, placeOf(event))
  })
  element.addEventListener('pointermove', (event) => {
    if (!pointers.has(event.pointerId)) return
    const before = spanOf()
    pointers.set(event.pointerId, placeOf(event))
    const after = spanOf()
    gone += Math.hypot(after.x - before.x, after.y - before.y) + Math.abs(after.apart - before.apart)
    if (gone <= CLICK_PIXELS) return
    // Only now, so that a click stays one of the element.
    element.setPointerCapture(event.pointerId)
    set({ ...moved, left: moved.left + after.x - before.x, top: moved.top + after.y - before.y })
    if (before.apart > 0 && after.apart > 0) zoomAt(after.x, after.y, after.apart / before.apart)
  })
  for (const name of ['pointerup', 'pointercancel'] as const)
    element.addEventListener(name, (event) => {
      pointers.delete(event.pointerId)
    })
  // The end of a drag is no click.
  element.addEventListener(
    'click',
    (event) => {
      if (gone > CLICK_PIXELS) event.stopImmediatePropagation()
    },
    { capture: true },
  )
  return { now: () => moved, set, zoomAt }
}
