import { Fault } from '../domain/fault.ts'
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
    throw new Fault(
      'projects-full',
      `You keep ${String(kept.length)} projects, and a person may keep ${String(projects)}. Delete one first.`,
    )
  const present = kept.reduce((sum, { content }) => sum + content.bytes, 0)
  if (present + added.bytes > bytes)
    throw new Fault(
      'too-large',
      `Your other projects have ${String(present)} bytes and this one ${String(added.bytes)}; together a person may ` +
        `keep ${String(bytes)}. Delete a project first.`,
    )
}
