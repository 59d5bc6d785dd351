import type { Operation } from '../world.ts'
import { analysisOperations } from './analyses.ts'
import { arenaOperations } from './arena.ts'
import { attackOperations } from './attacks.ts'
import { certaintyOperations } from './certainty.ts'
import { chatOperations } from './chat.ts'
import { datasetOperations } from './data.ts'
import { exportOperations } from './exports.ts'
import { fileOperations } from './files.ts'
import { floodingOperations } from './flooding.ts'
import { healthOperations } from './health.ts'
import { keptProjectOperations } from './kept-projects.ts'
import { pieceOperations } from './pieces.ts'
import { positivityOperations } from './positivity.ts'
import { projectOperations } from './projects.ts'
import { planOperations } from './plans.ts'
import { scenarioOperations } from './scenarios.ts'
import { queryOperations } from './queries.ts'
import { sessionOperations } from './session.ts'
import { signInOperations } from './sign-in.ts'
import { smugglingOperations } from './smuggling.ts'
import { stallingOperations } from './stalling.ts'

/**
 * Everything that people do in a run. A new route adds its operation here, or `test/isolation/strangers.test.ts` fails.
 */
export function allOperations(): Operation[] {
  return [
    ...sessionOperations(),
    ...fileOperations(),
    ...pieceOperations(),
    ...datasetOperations(),
    ...analysisOperations(),
    ...positivityOperations(),
    ...planOperations(),
    ...scenarioOperations(),
    ...certaintyOperations(),
    ...queryOperations(),
    ...exportOperations(),
    ...projectOperations(),
    ...keptProjectOperations(),
    ...chatOperations(),
    ...arenaOperations(),
    ...signInOperations(),
    ...healthOperations(),
    ...attackOperations(),
    ...smugglingOperations(),
    ...floodingOperations(),
    ...stallingOperations(),
  ]
}

/** The routes that the journey itself uses, besides its operations. */
export const JOURNEY_ROUTES = ['POST /api/session', 'DELETE /api/session'] as const
