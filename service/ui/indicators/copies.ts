/** What is looked at of a refusal. */
interface Refusal {
  readonly kind: string
  readonly errors: readonly { readonly pointer?: string }[]
}

/**
 * The indicators that the service refused because they repeat another, by the places that it names. The page only names
 * columns that exist, each once: nothing else is refused by its place.
 */
export function refusedCopiesOf({ kind, errors }: Refusal, indicators: readonly string[]): readonly string[] {
  if (kind !== 'invalid-input') return []
  return errors.flatMap(({ pointer = '' }) => {
    const at = /^\/indicators\/(\d+)$/.exec(pointer)?.[1]
    return at === undefined ? [] : (indicators[Number(at)] ?? [])
  })
}
