import { Fault, type FaultDetail } from '../fault.ts'

/**
 * The Fault for a file that cannot be read. `found` says what was found and what to do; `place` where.
 */
export function unreadable(
  filename: string,
  found: string,
  place: Omit<FaultDetail, 'detail' | 'pointer'> = {},
  cause?: unknown,
): Fault {
  return new Fault('unreadable-file', `Cannot read ${filename}: ${found}`, {
    errors: [{ detail: found, ...place }],
    cause,
  })
}
