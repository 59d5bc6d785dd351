import type { RequestContext } from '../../context.ts'
import type { StoredObject, Workspace } from '../../stores/workspace.ts'

/** A session that is not yet there, and exists in one request alone. */
export interface Staged {
  /** Does one step of the work on it. What the step reads must not be kept beyond it. */
  step<T>(use: (ctx: RequestContext) => Promise<T>): Promise<T>
  /** The session as it would be. */
  readonly workspace: () => Workspace
  /** Every object that was stored for it, to be deleted when it does not come about. */
  readonly objects: readonly StoredObject[]
}

/**
 * Contexts whose changes of the workspace stay in the request until they are all made. So what people do one by one is
 * done by the same functions, and the session sees either all of it or nothing. What is stored for it has names of its
 * own session and belongs to nobody else.
 */
export function stageSession(request: RequestContext, begin: Workspace): Staged {
  let workspace = begin
  const objects: StoredObject[] = []
  const staged = (ctx: RequestContext): RequestContext => ({
    ...ctx,
    workspace: {
      read: async () => workspace,
      update: async (change) => {
        workspace = change(workspace)
        return workspace
      },
    },
    objects: {
      ...ctx.objects,
      put: async (...args) => {
        const object = await ctx.objects.put(...args)
        objects.push(object)
        return object
      },
    },
    // The request already holds room for the whole project, and a second wait for it would never end.
    holdFile: async (_bytes, use) => use(),
  })
  return {
    workspace: () => workspace,
    objects,
    step: async (use) => request.step(async (ctx) => use(staged(ctx))),
  }
}
