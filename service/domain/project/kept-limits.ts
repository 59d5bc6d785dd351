/** How much of their work one person may keep as projects. */
export const KEPT_LIMITS = { projects: 20, bytes: 1024 * 1024 * 1024 } as const

/** A project file is stored in pieces of this size. A request holds about three of them. */
export const PIECE_BYTES = 8 * 1024 * 1024
