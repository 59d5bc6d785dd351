import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './child.ts'
import { provideBaseImage, signaturePolicy } from './node-base-image.ts'

/** Builds the Dockerfile with podman, the base image provided first, and gives the image's name. */
export async function buildImage(
  say: (line: string) => void,
  labels: { version: string; commit: string },
): Promise<string> {
  await provideBaseImage(say)
  const image = 'localhost/chatmrpt:test'
  const work = mkdtempSync(join(tmpdir(), 'chatmrpt-image-'))
  try {
    // The docker format keeps the HEALTHCHECK, which the OCI format does not know.
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

/** The arguments that hold a container to what a task has in the cloud, and take from it what it does not need. */
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
