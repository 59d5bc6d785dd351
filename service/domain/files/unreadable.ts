import { Fault, type FaultDetail } from '../fault.ts'

interface Place {
  readonly where?: Omit<FaultDetail, 'detail' | 'pointer'>
  /** What is wrong there, if that is shorter than what was found. */
  readonly detail?: string
  readonly cause?: unknown
}

/** The Fault for a file that cannot be read. `found` says what was found and what to do; `where` the place. */
export function unreadable(filename: string, found: string, { where = {}, detail = found, cause }: Place = {}): Fault {
  return new Fault('unreadable-file', `Cannot read ${filename}: ${found}`, {
    errors: [{ detail, ...where }],
    cause,
  })
}

/** The Fault for a file over a limit. */
export function tooLarge(filename: string, found: string): Fault {
  return new Fault('too-large', `Cannot read ${filename}: ${found}`)
}
