import { hash } from 'node:crypto'

/** SHA-256 of the inputs of something, as 43 characters of base64url. */
export type InputsHash = string

/** @param inputs plain values in a fixed order: hashes of files, names, choices */
export function hashOfInputs(inputs: unknown): InputsHash {
  return hash('sha256', JSON.stringify(inputs), 'base64url')
}
