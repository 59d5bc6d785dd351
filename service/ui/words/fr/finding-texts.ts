import type { FINDING_TEXTS } from '../../../domain/finding-texts.ts'

/** The texts of the service's findings, with the same values as in English. */
export const findingTexts = {} as const satisfies Readonly<Record<keyof typeof FINDING_TEXTS, string>>
