import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { h } from '../dom.ts'
import type { State } from '../state.ts'
import type { Shown } from '../wards/shown.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import type { Drawn } from './drawn.ts'
import { legendView } from './legend.ts'
import { mapKeys } from './map-keys.ts'
import { batchesOf, paintGround, paintMarks, type Ground, type Look } from './paint-map.ts'
import { boxAround } from './place-shapes.ts'
import { tooltip, wardTip } from './tooltip.ts'
import { zoomMap } from './zoom-map.ts'

/**
 * The map: wards on a canvas, with wheel, pinch, drag and keys. What is pointed at and chosen is the same as in the
 * tables.
 */
export function mapView(bench: Bench): HTMLElement {
  const { state, shown, drawn: drawnCell, openWard } = bench
  const ground = h('canvas', { class: 'map-ground', 'aria-hidden': 'true' })
  const marks = h('canvas', { class: 'map-marks', 'aria-hidden': 'true' })
  const tip = tooltip()
  const nothing = h('p', { class: 'no-map' })
  const tools = h('div', { class: 'map-tools', role: 'group', 'aria-label': words.map.tools.label })
  let drawn: Drawn | null = null
  let painted: Ground | null = null
  let frame = 0

  const repaint = (): void => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      paintAll()
    })
  }
  const zoom = zoomMap(marks, () => drawn?.placed ?? null, repaint)
  const keys = mapKeys(state, zoom, { onChoose: openWard, boxOf: (ward) => boxOf([ward]) })
  const legend = legendView(bench)
  const box = h('div', { class: 'map-box', hidden: true }, ground, marks, keys.view, tools, tip.view)
  const view = h('section', { class: 'map', 'aria-label': words.map.label }, box, legend, nothing)

  const paintAll = (): void => {
    if (drawn === null || painted === null || marks.clientWidth === 0) return
    paintGround(ground, zoom.sight(), drawn.placed, painted)
    paintOutlines()
  }
  const paintOutlines = (): void => {
    if (drawn === null) return
    paintMarks(marks, zoom.sight(), drawn.placed, {
      hovered: state.hovered.value?.shape ?? null,
      selected: state.pointedAt.value ?? state.selected.value?.shape ?? null,
    })
  }
  const boxOf = (wards: readonly Ward[]) =>
    boxAround(wards.flatMap(({ shape }) => (shape === null ? [] : (drawn?.placed.shapes[shape] ?? []))))

  /** Takes over what is drawn now. The part that is shown stays, unless it is another area. */
  const draw = (): void => {
    const [before, now] = [drawn?.placed, drawnCell.value?.placed]
    drawn = drawnCell.value
    box.hidden = drawn === null
    tip.hide()
    if (before?.wide !== now?.wide || before?.high !== now?.high) zoom.reset()
  }

  const pointAt = (event: PointerEvent | MouseEvent): Ward | null => {
    const frame = marks.getBoundingClientRect()
    const place = { x: event.clientX - frame.left, y: event.clientY - frame.top }
    const { k, left, top } = zoom.sight()
    const shape = drawn?.shapeAt((place.x - left) / k, (place.y - top) / k) ?? null
    const ward = shape === null ? null : (drawn?.wardOf[shape] ?? null)
    state.hovered.set(ward)
    if (shape === null) tip.hide()
    else tip.show(place, frame, ward === null ? [drawn?.names[shape] ?? ''] : wardTip(ward, shown.value, state))
    return ward
  }
  marks.addEventListener('pointermove', (event) => {
    if (event.buttons === 0) pointAt(event)
  })
  marks.addEventListener('pointerleave', () => {
    state.hovered.set(null)
    tip.hide()
  })
  marks.addEventListener('click', (event) => {
    const ward = pointAt(event)
    if (ward !== null) openWard(ward)
  })

  for (const [label, sign, act] of [
    [
      words.map.tools.in,
      '+',
      () => {
        zoom.step(true)
      },
    ],
    [
      words.map.tools.out,
      '−',
      () => {
        zoom.step(false)
      },
    ],
    [words.map.tools.whole, '⤢', zoom.reset],
  ] as const)
    tools.append(h('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, click: act }, sign))

  watchAll([drawnCell, state.dataset, shown], () => {
    if (drawn !== drawnCell.value) draw()
    painted = drawn === null ? null : groundOf(drawn, shown.value)
    nothing.textContent = nothingText(state)
    nothing.hidden = drawn !== null || nothing.textContent === ''
    legend.hidden = drawn === null || shown.value === null
    repaint()
  })
  watchAll([state.hovered, state.selected, state.pointedAt], () => {
    const wanted = state.pointedAt.value ?? state.selected.value?.shape ?? null
    const shape = wanted === null ? undefined : drawn?.placed.shapes[wanted]
    if (shape !== undefined) zoom.reveal(shape.box)
    paintOutlines()
  })
  let lga: string | null = null
  state.filter.watch((filter) => {
    if (filter.lga === lga) return
    lga = filter.lga
    const around = lga === null ? null : boxOf((state.ranking.value?.wards ?? []).filter((ward) => ward.lga === lga))
    if (around === null) zoom.reset()
    else zoom.fit(around)
  })
  new ResizeObserver(repaint).observe(box)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint)
  return view
}

/** How the shapes look: without a ranking they are all alike. */
function groundOf({ placed, lines, names, wardOf }: Drawn, shown: Shown | null): Ground {
  const visible = new Set(shown?.wards)
  const look: Look = {
    colours: shown === null ? ['plain'] : shown.classes.classes.map(({ colour }) => colour),
    classOf: Int16Array.from(wardOf, (ward) => {
      if (shown === null) return 0
      return ward === null ? -1 : (shown.classes.of[ward.at] ?? -1)
    }),
    isBack: Uint8Array.from(wardOf, (ward) => (shown !== null && ward !== null && !visible.has(ward) ? 1 : 0)),
  }
  return {
    batches: batchesOf(placed, look),
    borders: lines,
    labels: names.map((text, shape) => ({ shape, text })),
  }
}

function nothingText({ dataset, shapes, ranking }: State): string {
  if (dataset.value === null || shapes.value !== null) return ''
  return ranking.value === null ? words.map.noBoundaries : words.map.noBoundariesRanked
}
