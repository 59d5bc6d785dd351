/** How a served file may be encoded, smallest first. */
export const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = (typeof ENCODINGS)[number]

/**
 * The smallest encoding that both the client takes and the file has, or null for the file as it is: also where the
 * client refuses that, since an answer it may still read beats none.
 * @param accepted the request's Accept-Encoding
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
 */
export function chooseEncoding(accepted: string | undefined, available: readonly Encoding[]): Encoding | null {
  if (accepted === undefined) return null
  const weights = new Map(
    accepted.split(',').map((entry) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return [name, weight === undefined ? 1 : Number(weight.slice(2))] as const
    }),
  )
  const isTaken = (encoding: Encoding): boolean => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0
  return ENCODINGS.find((encoding) => available.includes(encoding) && isTaken(encoding)) ?? null
}
