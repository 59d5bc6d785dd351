import type { Stage } from '../settings.ts'

/** A control that is not kept, where, and why that is right. */
export interface Exception {
  readonly control: string
  /** End of the resource's name; absent for all of them, or for a control of things the stack does not have. */
  readonly subject?: string
  readonly stages: readonly Stage[]
  readonly reason: string
}

const ALL: readonly Stage[] = ['dev', 'staging', 'prod']

/** Short, and each with its reason. A rule of ours is never excepted. */
export const EXCEPTIONS: readonly Exception[] = [
  { control: 'ELB.6', stages: ['dev'], reason: 'A dev stack is made to be destroyed with one command.' },
  { control: 'ELB.16', stages: ['dev'], reason: 'The firewall costs more than the rest of the door; staging has prod\'s shape and shows it.' },
  { control: 'S3.9', subject: '-access-logs', stages: ALL, reason: 'Logs of the log bucket would log themselves without end.' },
  { control: 'S3.17', subject: '-access-logs', stages: ALL, reason: 'The balancer can write its logs only to a bucket with S3\'s own keys. No user data is in them.' },
  { control: 'SecretsManager.1', stages: ALL, reason: 'Tasks read secrets when they start: a rotation that changes a value alone would leave running tasks with the old one. Rotation is a new name in the configuration and an update, which replaces tasks without signing anybody out.' },
  { control: 'S3.7', stages: ALL, reason: 'Copies in another region would outlive the promise to delete within the retention period; the data can be uploaded again.' },
  { control: 'S3.11', stages: ALL, reason: 'Nothing listens for object events; the service itself counts and logs each access.' },
  { control: 'S3.15', stages: ALL, reason: 'Object lock forbids deletion, and deleting at logout is promised.' },
  { control: 'S3.20', stages: ALL, reason: 'MFA delete would stop the service from deleting a session\'s versions.' },
  { control: 'ElastiCache.6', stages: ALL, reason: 'It asks for AUTH on engines before 6.0; this one has users with access lists.' },
  { control: 'EC2.10', stages: ALL, reason: 'It asks for an endpoint of the EC2 API, which nothing in the network calls.' },
  { control: 'EC2.172', stages: ALL, reason: 'Blocking internet gateways for the whole account would block the load balancer.' },
  { control: 'ELB.21', stages: ALL, reason: 'From balancer to task the path is inside the VPC between two groups that speak to nobody else; TLS in the task would need certificates in it.' }
]

export function exceptionFor(control: string, subject: string, stage: Stage): Exception | undefined {
  return EXCEPTIONS.find((exception) => exception.control === control && exception.stages.includes(stage) && (exception.subject === undefined || subject.endsWith(exception.subject)))
}
