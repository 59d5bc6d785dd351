import { Fault } from '../../service/domain/fault.ts'

/** The Fault that an action ends with; any other end is an error of the test. */
export function refusal(action: () => unknown): Fault {
  try {
    action()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('accepted')
}

/** The entries of a refusal, without what they say by kind and values: their English texts and their places. */
export function textsAndPlaces(errors: readonly object[]): readonly object[] {
  return errors.map((error) => Object.fromEntries(Object.entries(error).filter(([name]) => name !== 'said')))
}
