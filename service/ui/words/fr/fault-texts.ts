import type { FAULT_TEXTS } from '../../../domain/fault-texts.ts'

/** The texts of the service's errors, with the same values as in English. */
export const faultTexts = {} as const satisfies Readonly<Record<keyof typeof FAULT_TEXTS, string>>
