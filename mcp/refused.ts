/** What the service refused, in words for the person who reads them through a client. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** A problem as the service sends it. */
interface Problem {
  readonly detail?: unknown
  readonly errors?: unknown
  readonly questions?: unknown
}

const MOST_DETAILS = 20

/** A refusal from a reply's status and body. */
export function refusalOf(status: number, body: unknown): Refused {
  if (status === 401)
    return new Refused(
      'The session of this server has ended, and its data are deleted: sessions end after a time without use and at ' +
        'the latest after their whole lifetime. Start this server again to read the files again.',
    )
  const { detail, errors, questions }: Problem = typeof body === 'object' && body !== null ? body : {}
  const said = typeof detail === 'string' ? detail : `The service answered ${String(status)}.`
  const asked = detailsOf(questions)
  return new Refused(
    [
      said,
      ...detailsOf(errors),
      ...(asked.length === 0
        ? []
        : [
            'These questions about the files are open:',
            ...asked,
            'Settle them in the files, or on the page of the service for files that you upload there; this server only ' +
              'reads.',
          ]),
    ].join('\n'),
  )
}

function detailsOf(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return (list as unknown[]).slice(0, MOST_DETAILS).flatMap((one) => {
    const detail: unknown = typeof one === 'object' && one !== null && 'detail' in one ? one.detail : undefined
    return typeof detail === 'string' ? [`- ${detail}`] : []
  })
}
