/** Where every object of a session is, under `sessions/{session_id}/`. */
export const SESSIONS_PREFIX = 'sessions/'
/** Where the saved projects of people who sign in are, under `projects/{project_id}/`. */
export const PROJECTS_PREFIX = 'projects/'
/** Where an operator leaves what is to be done. */
export const OPERATOR_PREFIX = 'operator/'
/** The one object that starts an operator's task. */
export const OPERATOR_REQUEST = `${OPERATOR_PREFIX}request.json`

/** The parts of the bucket that the service may touch. Without sign-in there are no projects. */
export function servicePrefixes({ signIn }: { readonly signIn: boolean }): readonly string[] {
  return signIn ? [SESSIONS_PREFIX, PROJECTS_PREFIX] : [SESSIONS_PREFIX]
}
