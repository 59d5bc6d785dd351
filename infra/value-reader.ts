/** Reads the raw values of a configuration one by one, and remembers every fault instead of stopping at the first. */
export interface ValueReader {
  readonly faults: string[]
  /** The raw text of a key; undefined where it is not set. */
  readonly raw: (key: string) => string | undefined
  readonly text: (key: string, pattern: RegExp, wanted: string, otherwise?: string) => string
  readonly optional: (key: string, pattern: RegExp, wanted: string) => string | undefined
  readonly whole: (key: string, least: number, most: number, otherwise?: number) => number
  readonly flag: (key: string, otherwise?: boolean) => boolean
  /** A JSON list of different strings, at least one. */
  readonly list: (key: string, accepts: (part: string) => boolean, most: number, wanted: string) => string[]
}

/** @param get gives the raw text of a key, lists as JSON */
export function valueReader(get: (key: string) => string | undefined): ValueReader {
  const faults: string[] = []
  const fault = (key: string, found: string | undefined, wanted: string): void => {
    const said = found === undefined ? 'not set' : JSON.stringify(found)
    faults.push(`chatmrpt:${key} is ${said}: ${wanted} (pulumi config set ${key} ...)`)
  }
  const text: ValueReader['text'] = (key, pattern, wanted, otherwise) => {
    const value = get(key) ?? otherwise
    if (value !== undefined && pattern.test(value)) return value
    fault(key, value, wanted)
    return ''
  }
  return {
    faults,
    raw: get,
    text,
    optional: (key, pattern, wanted) => (get(key) === undefined ? undefined : text(key, pattern, wanted)),
    whole: (key, least, most, otherwise) => {
      const value = get(key) ?? (otherwise === undefined ? undefined : String(otherwise))
      if (value !== undefined && /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most)
        return Number(value)
      fault(key, value, `give a whole number from ${String(least)} to ${String(most)}`)
      return least
    },
    flag: (key, otherwise) =>
      text(key, /^(true|false)$/, 'give true or false', otherwise === undefined ? undefined : String(otherwise)) ===
      'true',
    list: (key, accepts, most, wanted) => {
      const value = get(key)
      const parts = parseList(value) ?? []
      const isGood = parts.length > 0 && parts.length <= most && parts.every(accepts)
      if (isGood && new Set(parts).size === parts.length) return parts
      fault(key, value, wanted)
      return []
    },
  }
}

function parseList(text: string | undefined): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
