import { type AccessRequest, type Policies } from './policy-evaluator.ts'

/** One line of the table: somebody asks for something, and what AWS must answer. */
export interface Row {
  readonly who: string
  readonly request: AccessRequest
  readonly policies: Policies
  readonly want: 'allow' | 'deny'
}
