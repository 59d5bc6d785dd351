import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { ProjectManifest } from './project-manifest.ts'

/**
 * @param kept what a person keeps already
 * @param limits how much one person may keep
 * @throws Fault `projects-full` or `too-large` when that and what is added are too much
 */
export function requireRoom(
  kept: readonly Pick<ProjectManifest, 'content'>[],
  added: { readonly projects: number; readonly bytes: number },
  limits: { readonly projects: number; readonly bytes: number },
): void {
  const { projects, bytes } = limits
  if (kept.length + added.projects > projects)
    throw new Fault('projects-full', say('projects-full', { kept: kept.length, most: projects }))
  const present = kept.reduce((sum, { content }) => sum + content.bytes, 0)
  if (present + added.bytes > bytes)
    throw new Fault('too-large', say('projects-too-large', { present, added: added.bytes, most: bytes }))
}
