import { INFORM, OVER, PAGE, window, type AlarmSpec, type Places } from './alarm-spec.ts'
import { cacheMeasures, emitted } from './measures.ts'

/** Alarms on resources that the nodes of the session store run short of. */
export function cacheAlarms<Ref>(places: Places<Ref>): AlarmSpec<Ref>[] {
  const worst = 'MAX(METRICS())'
  return [
    {
      id: 'cache-memory-high',
      what: 'The session store is filled to 75 %',
      effect: 'None yet; a full store refuses new sessions',
      ...INFORM,
      measures: cacheMeasures(places, ['DatabaseMemoryUsagePercentage'], 'Maximum'),
      expression: worst,
      ...window(300, 2, 3),
      ...OVER,
      threshold: 75,
    },
    {
      id: 'cache-memory-critical',
      what: 'The session store is filled to 90 %',
      effect: 'Soon writes are answered 503; reads and logout go on',
      ...PAGE,
      measures: cacheMeasures(places, ['DatabaseMemoryUsagePercentage'], 'Maximum'),
      expression: worst,
      ...window(60, 3, 5),
      ...OVER,
      threshold: 90,
    },
    {
      id: 'cache-cpu-high',
      what: 'A node of the session store uses more than 45 % of its two processors',
      effect: 'The one thread that serves is near its limit: answers slow down, then time out',
      ...INFORM,
      measures: cacheMeasures(places, ['CPUUtilization'], 'Average'),
      expression: worst,
      ...window(300, 3, 3),
      ...OVER,
      threshold: 45,
    },
    {
      id: 'cache-evictions',
      what: 'The session store threw something away',
      effect: 'Somebody may have been signed out; it is set never to do this',
      ...INFORM,
      measures: cacheMeasures(places, ['Evictions'], 'Sum'),
      expression: 'SUM(METRICS())',
      ...window(300, 1, 1),
      ...OVER,
      threshold: 0,
    },
    {
      id: 'cache-replication-lag',
      what: 'A replica is more than a second behind',
      effect: 'Logout may be answered 503; a failover now could lose the last second',
      ...INFORM,
      measures: cacheMeasures(places, ['ReplicationLag'], 'Maximum'),
      expression: worst,
      ...window(60, 5, 5),
      ...OVER,
      threshold: 1,
    },
    // Only where a replica is planned: without one the number is always 0.
    ...(places.cacheNodes.length > 1 ? [outOfStep(places.stage)] : []),
    {
      id: 'cache-swap',
      what: 'A node of the session store swaps',
      effect: 'Answers slow down without any other sign',
      ...INFORM,
      measures: cacheMeasures(places, ['SwapUsage'], 'Maximum'),
      expression: worst,
      ...window(300, 3, 3),
      ...OVER,
      threshold: 52_428_800,
    },
    {
      id: 'cache-credits-low',
      what: 'A burstable node has few CPU credits left',
      effect: 'None yet; without credits the node slows to a tenth',
      ...INFORM,
      measures: cacheMeasures(places, ['CPUCreditBalance'], 'Minimum'),
      expression: 'MIN(METRICS())',
      ...window(300, 3, 3),
      comparison: 'LessThanThreshold',
      missing: 'notBreaching',
      threshold: 30,
    },
  ]
}

/** What the service itself sees of its replicas: with none in step it goes on, and a failover would lose writes. */
function outOfStep(stage: string): AlarmSpec<never> {
  return {
    id: 'replicas-out-of-step',
    runbook: 'cache-replication-lag',
    what: 'No replica of the session store has what was written two seconds ago',
    effect: 'Writes are refused while one lags; with none they go on, and a failover would lose them',
    ...INFORM,
    measures: { m: emitted('RedisReplicasInStep', stage, 'Minimum') },
    ...window(60, 5, 5),
    comparison: 'LessThanThreshold',
    missing: 'ignore',
    threshold: 1,
  }
}
