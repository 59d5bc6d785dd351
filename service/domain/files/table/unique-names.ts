/** The names of columns, each of them once: a name that repeats is followed by its number, `rain (2)`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const used = new Set(names)
  const taken = new Set<string>()
  return names.map((name) => {
    if (name === '') return name
    const unique = taken.has(name) ? nextFreeName(name, used) : name
    taken.add(unique)
    used.add(unique)
    return unique
  })
}

function nextFreeName(name: string, used: ReadonlySet<string>): string {
  for (let copy = 2; ; copy += 1) {
    const candidate = `${name} (${String(copy)})`
    if (!used.has(candidate)) return candidate
  }
}
