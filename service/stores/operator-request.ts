import { GetObjectCommand } from '@aws-sdk/client-s3'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { ANSWER_MS, ask, eraseVersions, type Bucket } from './objects.ts'

const PREFIX = 'operator/'
/** The one object that an operator leaves. */
export const OPERATOR_REQUEST = `${PREFIX}request.json`
const MOST_BYTES = 4_096

/**
 * What an operator has left to be done, as text of at most 4 KiB; null when nothing was left.
 * @throws Fault `too-large`, `object-store-unavailable`
 */
export async function readOperatorRequest(bucket: Bucket): Promise<string | null> {
  const command = new GetObjectCommand({ Bucket: bucket.name, Key: OPERATOR_REQUEST })
  try {
    return await ask(bucket, 'GetObject', ANSWER_MS, async (abortSignal) => {
      const { Body, ContentLength = Infinity } = await bucket.s3.send(command, { abortSignal })
      if (ContentLength > MOST_BYTES)
        throw new Fault('too-large', say('operator-request-too-large', { name: OPERATOR_REQUEST, most: MOST_BYTES }))
      return (await Body?.transformToString()) ?? ''
    })
  } catch (error) {
    if (error instanceof Fault && error.kind === 'not-found') return null
    throw error
  }
}

/** Deletes every version of it: it names a person. */
export async function eraseOperatorRequest(bucket: Bucket): Promise<void> {
  await eraseVersions(bucket, PREFIX, () => true)
}
