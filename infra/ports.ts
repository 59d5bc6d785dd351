/** Where the service listens in its task. */
export const SERVICE_PORT = 8080
/** Where the session store listens. */
export const CACHE_PORT = 6379
