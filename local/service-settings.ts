/** The settings of the service that `npm start` passes on from its own environment. */
export const PASSED_ON = [
  'LOG_LEVEL',
  'SESSION_IDLE_SECONDS',
  'SESSION_ABSOLUTE_SECONDS',
  'TRUSTED_PROXIES',
  'DRAIN_SECONDS',
  'WORKERS',
  'MODELS',
  'MODEL_API_KEYS',
  'MODEL_FIRST_EVENT_SECONDS',
  'MODEL_SILENCE_SECONDS',
  'MODEL_TOTAL_SECONDS',
  'PROJECT_KEEP_DAYS',
  'SIGN_IN_ISSUER',
  'SIGN_IN_CLIENT_ID',
  'SIGN_IN_CLIENT_SECRET',
  'SIGN_IN_PUBLIC_URL',
  'SIGN_IN_ACR',
] as const

/** The settings that the stack makes itself, or takes for a part that is given to it. */
export const OF_THE_STACK = [
  'STAGE',
  'HOST',
  'PORT',
  'VERSION',
  'COMMIT',
  'REDIS_URL',
  'REDIS_USERNAME',
  'REDIS_PASSWORD',
  'REDIS_CA_FILE',
  'REDIS_LOGOUT_ACKS',
  'S3_BUCKET',
  'AWS_REGION',
  'S3_ENDPOINT',
  'COOKIE_SECRETS',
  'SEAL_SECRETS',
  'PROJECT_SECRETS',
] as const

/** The service's settings in an environment; an empty one counts as not set, and the rest is left out. */
export function settingsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name): [string, string][] => {
      const value = env[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}
