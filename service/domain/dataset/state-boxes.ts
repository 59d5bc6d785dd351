import { stateForm } from '../files/area-key.ts'
import type { Bbox, Boundaries } from '../files/boundaries.ts'
import type { WardTable } from '../files/ward-table.ts'

/** Boxes are rounded outwards to a tenth of a degree; a boundary file may be off by much more than that. */
const MARGIN = 0.5

/** The states of Nigeria: name and codes, and west, south, east, north in degrees. They only decide what is asked. */
const STATES: readonly (readonly [names: string, box: Bbox])[] = [
  ['abia,ab', [7.1, 4.7, 8.1, 6.1]],
  ['adamawa,ad', [11.3, 7.4, 13.8, 11]],
  ['akwa ibom,ak', [7.4, 4.5, 8.4, 5.6]],
  ['anambra,an', [6.6, 5.6, 7.4, 6.8]],
  ['bauchi,ba', [8.7, 9.4, 11.1, 12.5]],
  ['bayelsa,by', [5.3, 4.2, 6.8, 5.4]],
  ['benue,be', [7.4, 6.4, 10, 8.2]],
  ['borno,bo', [11.4, 9.9, 14.7, 13.8]],
  ['cross river,cr', [7.7, 4.6, 9.5, 6.9]],
  ['delta,de', [5, 4.9, 6.8, 6.6]],
  ['ebonyi,eb', [7.5, 5.6, 8.5, 6.9]],
  ['edo,ed', [5, 5.7, 6.8, 7.6]],
  ['ekiti,ek', [4.7, 7.2, 5.9, 8.2]],
  ['enugu,en', [6.9, 5.8, 7.9, 7.2]],
  ['federal capital territory,fct,fc,ft', [6.7, 8.3, 7.8, 9.4]],
  ['gombe,go,gm', [10.6, 9.4, 12, 11.3]],
  ['imo,im', [6.6, 5.1, 7.6, 6]],
  ['jigawa,ji,jg', [8, 10.9, 10.8, 13.1]],
  ['kaduna,kd,ka', [6, 9, 8.9, 11.6]],
  ['kano,kn', [7.6, 10.4, 9.5, 12.8]],
  ['katsina,kt', [6.8, 11, 9.1, 13.5]],
  ['kebbi,ke,kb', [3.4, 10, 6.3, 13.4]],
  ['kogi,ko,kg', [5.3, 6.5, 7.9, 8.8]],
  ['kwara,kw', [2.6, 7.6, 6.4, 10.2]],
  ['lagos,la,lg', [2.6, 6.3, 4.4, 6.8]],
  ['nasarawa,na,ns', [6.9, 7.7, 9.7, 9.4]],
  ['niger,ni', [3.4, 8.2, 7.7, 11.5]],
  ['ogun,og', [2.6, 6.3, 4.6, 8]],
  ['ondo,on', [4.3, 5.7, 6.1, 7.9]],
  ['osun,os', [4, 6.9, 5.1, 8.2]],
  ['oyo,oy', [2.6, 7, 4.7, 9.3]],
  ['plateau,pl', [8.3, 8.3, 10.7, 10.7]],
  ['rivers,ri', [6.3, 4.2, 7.7, 5.8]],
  ['sokoto,so', [4, 11.5, 7, 14]],
  ['taraba,ta', [9.1, 6.4, 12, 9.7]],
  ['yobe,yo', [9.6, 10.5, 12.7, 13.5]],
  ['zamfara,za', [4.8, 10.8, 7.3, 13.2]],
]
const BOX_OF: ReadonlyMap<string, Bbox> = new Map(
  STATES.flatMap(([names, box]) => names.split(',').map((name) => [name, box] as const)),
)

/**
 * Whether boundaries lie in the states that the two files name only if their axes are exchanged. False where no state
 * with a known box is named.
 */
export function liesExchanged({ keys }: WardTable, { keys: own, bbox }: Boundaries): boolean {
  const cells = own.state ?? keys.state ?? own.stateCode ?? keys.stateCode ?? []
  const names = new Set(cells.filter((name) => name !== '').map(stateForm))
  const boxes = [...names].map((name) => BOX_OF.get(name))
  const known = boxes.filter((box) => box !== undefined)
  if (known.length === 0 || known.length < boxes.length) return false
  const [west, south, east, north] = bbox
  const [x, y] = [(west + east) / 2, (south + north) / 2]
  return !known.some((box) => isNear(box, x, y)) && known.some((box) => isNear(box, y, x))
}

function isNear([west, south, east, north]: Bbox, x: number, y: number): boolean {
  return x >= west - MARGIN && x <= east + MARGIN && y >= south - MARGIN && y <= north + MARGIN
}
