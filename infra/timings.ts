/**
 * Seconds that must be in this order, or a deployment cuts requests off:
 * the longest request <= deregistration delay < the task's stop timeout <= 120, Fargate's limit.
 */
export const TIMINGS = {
  /** The balancer closes idle connections after this; the service keeps its own open longer. */
  idleTimeout: 60,
  longestRequest: 45,
  deregistrationDelay: 60,
  stopTimeout: 90,
  healthCheckGracePeriod: 60,
  healthCheckInterval: 10,
  healthCheckTimeout: 5,
} as const
