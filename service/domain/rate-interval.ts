const Z = 1.959963984540054
const PER = 1_000

/** Events per 1,000 people, with the bounds of a 95 % interval. */
export interface Rate {
  readonly perThousand: number
  readonly low: number
  readonly high: number
}

/**
 * Events per 1,000 people with Byar's approximation of the exact Poisson interval (Breslow and Day 1987, "Statistical
 * Methods in Cancer Research" II, section 2.3). The people are taken as known without error.
 * @param events a whole number, 0 or more
 * @returns null when the number of people is not above 0
 */
export function rateOf(events: number, people: number): Rate | null {
  if (!(people > 0)) return null
  return {
    perThousand: (PER * events) / people,
    low: events === 0 ? 0 : (PER * bound(events, -Z)) / people,
    high: (PER * bound(events + 1, Z)) / people,
  }
}

function bound(events: number, z: number): number {
  return events * (1 - 1 / (9 * events) + z / (3 * Math.sqrt(events))) ** 3
}
