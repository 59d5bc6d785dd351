/** The texts of all findings: what was left out, assumed or changed when data were read. */
export const FINDING_TEXTS = {} as const
