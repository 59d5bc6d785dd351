import type { RequestContext } from '../../context.ts'
import type { StoredObject, Workspace } from '../../stores/workspace.ts'

/** A request that works on a session that is not yet there. */
export interface Staged {
  readonly ctx: RequestContext
  /** The session as it would be. */
  readonly workspace: () => Workspace
  /** Every object that was stored for it, to be deleted when it does not come about. */
  readonly objects: readonly StoredObject[]
}

/**
 * The context of a request whose changes of the workspace stay in the request until they are all made. So what people
 * do one by one is done by the same functions, and the session sees either all of it or nothing. What is stored for it
 * has names of its own session and belongs to nobody else.
 */
export function stagedContext(ctx: RequestContext, begin: Workspace): Staged {
  let workspace = begin
  const objects: StoredObject[] = []
  return {
    workspace: () => workspace,
    objects,
    ctx: {
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
    },
  }
}
