/** JSON that this service writes for itself and reads back, checked by a hash or a seal. */
export function writeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the reader knows what it wrote
export function readJson<T>(bytes: Uint8Array): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T
}
