import { withInput } from '../change.ts'
import type { Mutant } from '../mutant.ts'

const SERVICE = { kind: 'ecs/service:Service' }

/** What a provider would ignore or refuse. */
export const SENT: readonly Mutant[] = [
  { fault: 'a property that the provider does not know', change: withInput(SERVICE, 'enableExecCommand', false) },
  {
    fault: 'a property by the name that CloudFormation has for it',
    change: withInput({ kind: 'Bucket', name: '-data' }, 'bucketName', 'chatmrpt'),
  },
  { fault: 'a property of another resource', change: withInput({ kind: 'Topic' }, 'kmsKeyId', 'alias/any') },
]
