import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Settings } from './settings.ts'

/**
 * What one push leaves in the registry: the index with the tag, the image itself, and its bill of materials with the
 * provenance.
 */
const PARTS_OF_A_BUILD = 3

/** The registry of the service's image: tags never move, every push is scanned, and old images are removed. */
export class ImageRepository extends pulumi.ComponentResource {
  readonly repository: aws.ecr.Repository

  constructor(name: string, args: { settings: Settings }, opts?: pulumi.ComponentResourceOptions) {
    super('chatmrpt:infra:ImageRepository', name, {}, opts)
    this.repository = new aws.ecr.Repository(
      name,
      {
        name,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        forceDelete: !args.settings.deletionProtection,
      },
      { parent: this },
    )
    new aws.ecr.LifecyclePolicy(
      name,
      {
        repository: this.repository.name,
        policy: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              description: 'Untagged images of a week ago',
              selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
              action: { type: 'expire' },
            },
            {
              rulePriority: 2,
              description: 'All but the newest 50 builds, so that a rollback finds its image',
              selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 50 * PARTS_OF_A_BUILD },
              action: { type: 'expire' },
            },
          ],
        }),
      },
      { parent: this },
    )
    this.registerOutputs({ url: this.repository.repositoryUrl })
  }
}
