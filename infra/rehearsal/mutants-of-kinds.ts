import { ACCOUNT } from './faults/account.ts'
import { RIGHTS } from './faults/rights.ts'
import { SENT } from './faults/sent.ts'
import { TASKS } from './faults/tasks.ts'
import { WATCH } from './faults/watch.ts'
import { WAY } from './faults/way.ts'
import { ofKind, type FaultKind, type Mutant } from './mutant.ts'

/** Faults of the kinds that the rules once let pass. */
export const MUTANTS_OF_KINDS: readonly Mutant[] = [...RIGHTS, ...ACCOUNT, ...WAY, ...TASKS, ...WATCH, ...SENT]

interface FaultySettings {
  readonly fault: string
  readonly settings: Readonly<Record<string, string>>
  readonly kind?: FaultKind
  readonly isFirst?: true
}

/** Faults in a stack's file, which the settings refuse before anything is made. */
export const FAULTY_SETTINGS: readonly FaultySettings[] = [
  ...ofKind<FaultySettings>(
    "a range turned round in a stack's file",
    { fault: 'fewer tasks at most than at least, in the file', settings: { maxTasks: '1' } },
    [
      { fault: 'more tasks at least than at most, in the file', settings: { minTasks: '11' } },
      { fault: 'three tasks at least and two at most, in the file', settings: { minTasks: '3', maxTasks: '2' } },
      {
        fault: 'a session that may idle longer than it may last, in the file',
        settings: { sessionIdleSeconds: '50000', sessionAbsoluteSeconds: '43200' },
      },
    ],
  ),
  { fault: 'a processor that does not exist, in the file', settings: { architecture: 'AMD64' } },
  { fault: 'one address both woken and informed, in the file', settings: { informTo: '["+2348012345678"]' } },
]
