import type { FAULT_TEXTS } from '../../../domain/fault-texts.ts'
import { boundaryFaultTexts } from './boundary-fault-texts.ts'
import { facilityFaultTexts } from './facility-fault-texts.ts'
import { fileFaultTexts } from './file-fault-texts.ts'
import { fileKindTexts } from './file-kind-texts.ts'
import { limitTexts } from './limit-texts.ts'
import { planFaultTexts } from './plan-fault-texts.ts'
import { projectFaultTexts } from './project-fault-texts.ts'
import { queryFaultTexts } from './query-fault-texts.ts'
import { rankingFaultTexts } from './ranking-fault-texts.ts'
import { requestFaultTexts } from './request-fault-texts.ts'
import { serviceFaultTexts } from './service-fault-texts.ts'
import { sessionFaultTexts } from './session-fault-texts.ts'
import { signInFaultTexts } from './sign-in-fault-texts.ts'
import { tableFaultTexts } from './table-fault-texts.ts'

/** The texts of the service's errors, with the same values as in English. */
export const faultTexts = {
  ...requestFaultTexts,
  ...signInFaultTexts,
  ...serviceFaultTexts,
  ...sessionFaultTexts,
  ...projectFaultTexts,
  ...fileFaultTexts,
  ...fileKindTexts,
  ...tableFaultTexts,
  ...facilityFaultTexts,
  ...boundaryFaultTexts,
  ...rankingFaultTexts,
  ...limitTexts,
  ...planFaultTexts,
  ...queryFaultTexts,
} as const satisfies Readonly<Record<keyof typeof FAULT_TEXTS, string>>
