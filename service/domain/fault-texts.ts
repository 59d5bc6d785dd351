/** The texts of all faults and of their entries: what cannot be done, why, and what would do. */
export const FAULT_TEXTS = {} as const
