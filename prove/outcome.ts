/**
 * The outcome of an operation: done; refused for now, to be tried again; ended with its session; impossible at present;
 * or not as the contract says.
 */
export type Outcome = 'done' | 'refused' | 'gone' | 'skipped' | 'failed'
