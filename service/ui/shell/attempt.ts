/**
 * Runs an action and shows its failure. A temporary failure is shown in the banner, and the action is run again after
 * some time. A new attempt in the same place ends the one before.
 * @returns true when it succeeded, false when it failed for good or was given up
 */
export type Attempt = (action: (signal: AbortSignal) => Promise<void>) => Promise<boolean>
