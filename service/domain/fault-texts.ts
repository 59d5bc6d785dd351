import { BOUNDARY_FAULT_TEXTS } from './boundary-fault-texts.ts'
import { FACILITY_FAULT_TEXTS } from './facility-fault-texts.ts'
import { FILE_FAULT_TEXTS } from './file-fault-texts.ts'
import { FILE_KIND_TEXTS } from './file-kind-texts.ts'
import { LIMIT_TEXTS } from './limit-texts.ts'
import { PLAN_FAULT_TEXTS } from './plan-fault-texts.ts'
import { PROJECT_FAULT_TEXTS } from './project-fault-texts.ts'
import { QUERY_FAULT_TEXTS } from './query-fault-texts.ts'
import { RANKING_FAULT_TEXTS } from './ranking-fault-texts.ts'
import { REQUEST_FAULT_TEXTS } from './request-fault-texts.ts'
import { SERVICE_FAULT_TEXTS } from './service-fault-texts.ts'
import { SESSION_FAULT_TEXTS } from './session-fault-texts.ts'
import { SIGN_IN_FAULT_TEXTS } from './sign-in-fault-texts.ts'
import { TABLE_FAULT_TEXTS } from './table-fault-texts.ts'

/** The texts of all faults and of their entries: what cannot be done, why, and what would do. */
export const FAULT_TEXTS = {
  ...REQUEST_FAULT_TEXTS,
  ...SIGN_IN_FAULT_TEXTS,
  ...SERVICE_FAULT_TEXTS,
  ...SESSION_FAULT_TEXTS,
  ...PROJECT_FAULT_TEXTS,
  ...FILE_FAULT_TEXTS,
  ...FILE_KIND_TEXTS,
  ...TABLE_FAULT_TEXTS,
  ...FACILITY_FAULT_TEXTS,
  ...BOUNDARY_FAULT_TEXTS,
  ...RANKING_FAULT_TEXTS,
  ...LIMIT_TEXTS,
  ...PLAN_FAULT_TEXTS,
  ...QUERY_FAULT_TEXTS,
} as const
