import type { McpOptions } from './read-options.ts'
import { Refused } from './refused.ts'
import type { ServiceSession } from './service-session.ts'
import type { Prepared } from './tools.ts'

/**
 * Uploads the files into a new session and has them analysed. What keeps them from being analysed, such as open
 * questions, is told by the tools that need an analysis.
 * @throws Refused when the service cannot be reached or does not take a file
 */
export async function prepare(
  session: ServiceSession,
  { wards, boundaries, indicators }: McpOptions,
): Promise<Prepared> {
  await session.start()
  await session.upload('wards', wards)
  if (boundaries !== undefined) await session.upload('boundaries', boundaries)
  const made = await session.post('/api/analyses', indicators === undefined ? {} : { indicators }).catch(asRefused)
  return {
    session,
    analysisId: () => {
      if (made instanceof Refused) throw made
      return (made as { readonly analysis: { readonly id: string } }).analysis.id
    },
  }
}

function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error
  throw error
}
