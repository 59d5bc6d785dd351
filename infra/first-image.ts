import type { Stage } from './settings.ts'

/**
 * What to do when a stack has no image yet. The service is left out then: a service that cannot start would make the
 * update wait for a steady state until it failed.
 */
export function firstImageSteps(stage: Stage): string {
  return [
    'Everything but the service is made: no image is configured. Two commands are left:',
    `  1. infra/push-image.sh ${stage}    (builds the image, pushes it, and prints its digest)`,
    `  2. pulumi config set image <repository>@sha256:<digest> --stack ${stage} &&` +
      ` pulumi config rm withoutService --stack ${stage} && pulumi up --stack ${stage}`,
  ].join('\n')
}
