import { noConnectionState } from './no-connection-state.ts'
import { noImportCircles } from './no-import-circles.ts'
import { noModuleState } from './no-module-state.ts'
import { roomBoundaries } from './room-boundaries.ts'

/** The rules of this house, as an ESLint plug-in. */
export const house = {
  rules: {
    'no-connection-state': noConnectionState,
    'no-import-circles': noImportCircles,
    'no-module-state': noModuleState,
    'room-boundaries': roomBoundaries,
  },
} as const
