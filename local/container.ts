import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './child.ts'
import { provideBaseImage, signaturePolicy } from './node-base-image.ts'

/** Provides the base image, builds the Dockerfile with podman, and returns the name of the image. */
export async function buildImage(
  say: (line: string) => void,
  labels: { version: string; commit: string },
): Promise<string> {
  await provideBaseImage(say)
  const image = 'localhost/chatmrpt:test'
  const work = mkdtempSync(join(tmpdir(), 'chatmrpt-image-'))
  try {
    // The docker format keeps the HEALTHCHECK; the OCI format does not have one.
    await run('podman', [
      'build',
      '-q',
      '--format',
      'docker',
      '--pull=never',
      '--isolation=chroot',
      '--network',
      'host',
      '--signature-policy',
      signaturePolicy(work),
      '--build-arg',
      `VERSION=${labels.version}`,
      '--build-arg',
      `COMMIT=${labels.commit}`,
      '-t',
      image,
      join(import.meta.dirname, '..'),
    ])
    return image
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The arguments that limit a container to what a task has in the cloud, and remove what it does not need. */
export const taskLimits: readonly string[] = [
  '--ulimit',
  'nofile=16384:16384',
  '--ulimit',
  'nproc=4096:4096',
  '--cpus',
  '0.5',
  '--memory',
  '1g',
  '--memory-swap',
  '1g',
  '--read-only',
  '--tmpfs',
  '/tmp',
  '--cap-drop',
  'all',
  '--security-opt',
  'no-new-privileges',
]
