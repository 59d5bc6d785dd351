/** Pulumi's wire marks: how secrets, outputs, references and unknown values look inside a plain object. */
const SIGNATURE = '4dabf18193072939515e22adb298388d'
const SECRET = '1b47061264138c4ac30d75fd1eb44270'
const REFERENCE = '5cf8f73096256a8f31e491e813e4eb8e'
const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4'
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A value without its marks, and whether any part of it was secret. */
export interface Unmarked {
  readonly value: Json
  readonly secret: boolean
}

export function unmark(value: Json): Unmarked {
  if (Array.isArray(value)) {
    const parts = (value as readonly Json[]).map(unmark)
    return { value: parts.map((part) => part.value), secret: parts.some((part) => part.secret) }
  }
  if (value === null || typeof value !== 'object') return { value, secret: false }
  const marked = value as Readonly<Record<string, Json>>
  if (marked[SIGNATURE] === SECRET) return { value: unmark(marked['value'] ?? null).value, secret: true }
  if (marked[SIGNATURE] === OUTPUT)
    return marked['value'] === undefined
      ? { value: UNKNOWN, secret: marked['secret'] === true }
      : unmark(marked['value'])
  if (marked[SIGNATURE] === REFERENCE) return { value: marked['urn'] ?? null, secret: false }
  const parts = Object.entries(marked).map(([key, part]) => [key, unmark(part)] as const)
  return {
    value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    secret: parts.some(([, part]) => part.secret),
  }
}

export function asSecret(value: Json): Json {
  return { [SIGNATURE]: SECRET, value }
}

export function isUnknown(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes(UNKNOWN)
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnknown)
}
