import { Fault, type FaultDetail } from '../fault.ts'
import { say, type PlainKind, type Said } from '../said.ts'

interface Place {
  readonly where?: Omit<FaultDetail, 'said' | 'pointer'>
  /** What is wrong there, if that is shorter than what was found. */
  readonly said?: Said
  readonly cause?: unknown
}

/** The Fault for a file that cannot be read. `found` says what was found and what to do; `where` the place. */
export function unreadable(filename: string, found: Said, { where = {}, said = found, cause }: Place = {}): Fault {
  return new Fault('unreadable-file', say('cannot-read', { filename, found }), {
    errors: [{ said, ...where }],
    cause,
  })
}

/** What was found in a file, and what to do. */
export function advised(found: Said, advice: PlainKind): Said {
  return say('with-advice', { found, advice: say(advice, {}) })
}

/** The Fault for a file over a limit. */
export function tooLarge(filename: string, found: Said): Fault {
  return new Fault('too-large', say('cannot-read', { filename, found }))
}
