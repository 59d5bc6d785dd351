/** Stands for any state or LGA in a key. No name holds it. */
const ANY = '\0'

/**
 * Prepares a search among positions for the first two in a state and an LGA. What is unknown ('') on either side may be
 * any. Costs the same however many positions there are.
 */
export function searchPlaces(
  positions: readonly number[],
  states: readonly string[],
  areas: readonly string[],
): (state: string, area: string) => readonly number[] {
  const first = new Map<string, number[]>()
  const put = (state: string, area: string, position: number): void => {
    const key = `${state}\n${area}`
    const known = first.get(key)
    if (known === undefined) first.set(key, [position])
    else if (known.length < 2) known.push(position)
  }
  for (const position of positions) {
    const [state, area] = [states[position] ?? '', areas[position] ?? '']
    put(state, area, position)
    put(ANY, area, position)
    put(state, ANY, position)
    put(ANY, ANY, position)
  }
  return (state, area) => {
    const ofState = state === '' ? [ANY] : [state, '']
    const ofArea = area === '' ? [ANY] : [area, '']
    return ofState.flatMap((one) => ofArea.flatMap((other) => first.get(`${one}\n${other}`) ?? [])).slice(0, 2)
  }
}
