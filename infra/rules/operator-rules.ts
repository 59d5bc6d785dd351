import { OPERATOR_REQUEST } from '../prefixes.ts'
import { documentAt, every, input, listAt, type Rule } from './rule.ts'
import { TYPE } from './types.ts'

const isOperators = ({ name }: { readonly name: string }): boolean => name.endsWith('-operator')

/** What starts an operator's task, and that nothing else does. */
export const operatorRules: readonly Rule[] = [
  every(
    'operator.request',
    "One object of the data bucket, and no other, starts an operator's task",
    TYPE.eventRule,
    (record, stack) => {
      if (!isOperators(record)) return true
      const data = stack.of(TYPE.bucket).find(({ name }) => name.endsWith('-data'))
      const pattern = documentAt(record, 'eventPattern')
      return (
        JSON.stringify(pattern) ===
          JSON.stringify({
            source: ['aws.s3'],
            'detail-type': ['Object Created'],
            detail: { bucket: { name: [data?.outputs['bucket']] }, object: { key: [OPERATOR_REQUEST] } },
          }) &&
        stack
          .of(TYPE.bucketNotification)
          .some((each) => input(each, 'bucket') === data?.id && input(each, 'eventbridge') === true)
      )
    },
  ),
  every(
    'operator.task',
    "The rule starts the operator's own task once, where the service runs, and changes nothing of it",
    TYPE.eventRule,
    (record, stack) => {
      if (!isOperators(record)) return true
      const targets = stack.of(TYPE.eventTarget).filter((target) => input(target, 'rule') === record.outputs['name'])
      const [target] = targets
      const service = stack.of(TYPE.service)[0]
      const caller = stack.of(TYPE.role).find(({ name }) => name.endsWith('-caller'))
      return (
        target !== undefined &&
        targets.length === 1 &&
        input(target, 'arn') === stack.of(TYPE.cluster)[0]?.outputs['arn'] &&
        input(target, 'roleArn') === caller?.outputs['arn'] &&
        ['input', 'inputPath', 'inputTransformer'].every((key) => input(target, key) === undefined) &&
        input(target, 'ecsTarget.taskDefinitionArn') === stack.of(TYPE.task).find(isOperators)?.outputs['arn'] &&
        input(target, 'ecsTarget.taskCount') === 1 &&
        input(target, 'ecsTarget.enableExecuteCommand') === false &&
        input(target, 'ecsTarget.networkConfiguration.assignPublicIp') === false &&
        ['subnets', 'securityGroups'].every(
          (key) =>
            JSON.stringify(listAt(target.inputs, `ecsTarget.networkConfiguration.${key}`)) ===
            JSON.stringify(listAt(service?.inputs, `networkConfiguration.${key}`)),
        )
      )
    },
  ),
  every(
    'operator.image',
    "An operator's program is of the image that serves, with the service's settings",
    TYPE.task,
    (record, stack) => {
      if (!isOperators(record)) return true
      const serving = stack.of(TYPE.task).find((task) => !isOperators(task))
      const [own, other] = [record, serving].map((task) =>
        task === undefined ? {} : (listAt({ list: documentAt(task, 'containerDefinitions') ?? [] }, 'list')[0] ?? {}),
      ) as [Record<string, unknown>, Record<string, unknown>]
      return ['image', 'environment', 'secrets'].every((key) => JSON.stringify(own[key]) === JSON.stringify(other[key]))
    },
  ),
]
