import { parseArgs } from 'node:util'
import type { OperatorRequest } from '../service/operator/operator-request.ts'

export const USAGE = `npm run sessions -- end --user SUBJECT --issuer ISSUER     end all sessions of a person
npm run sessions -- end --all                              end all sessions of all people
npm run sessions -- delete --user SUBJECT --issuer ISSUER  end them, and delete all that is held on the person`

/**
 * Reads the arguments of `npm run sessions`.
 * @throws RangeError with the usage
 */
export function readOperatorArguments(args: readonly string[]): OperatorRequest {
  let read
  try {
    read = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { user: { type: 'string' }, issuer: { type: 'string' }, all: { type: 'boolean' } },
    })
  } catch (error) {
    throw new RangeError(USAGE, { cause: error })
  }
  const [verb, ...rest] = read.positionals
  const { user: subject, issuer, all } = read.values
  if (rest.length > 0 || (verb !== 'end' && verb !== 'delete')) throw new RangeError(USAGE)
  if (all === true && verb === 'end' && subject === undefined && issuer === undefined)
    return { act: 'end-all-sessions' }
  if (all !== undefined || subject === undefined || issuer === undefined) throw new RangeError(USAGE)
  return { act: verb === 'end' ? 'end-sessions' : 'delete-person', issuer, subject }
}
