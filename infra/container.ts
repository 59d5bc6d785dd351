import { SERVICE } from './names.ts'
import { SERVICE_PORT } from './ports.ts'
import type { Settings } from './settings.ts'
import { TIMINGS } from './timings.ts'

/** What the container needs from other resources; `Ref` is an output in the program and a string in a test. */
export interface ContainerPlaces<Ref> {
  readonly redisUrl: Ref
  readonly redisUser: string
  readonly bucket: Ref
  readonly logGroup: Ref
  readonly trustedProxies: readonly string[]
  readonly secrets: Readonly<Record<string, Ref>>
  /** Its client's secret is one of `secrets`. */
  readonly signIn?: { readonly issuer: Ref; readonly clientId: Ref; readonly publicUrl: string }
}

interface Variable<Ref> {
  readonly name: string
  readonly value: string | Ref
}

/**
 * The service's environment, exactly what `readConfig` reads; secrets are given by reference beside it, VERSION and
 * COMMIT by the image.
 */
export function serviceEnvironment<Ref>(settings: Settings, places: ContainerPlaces<Ref>): Variable<Ref>[] {
  const variables: Record<string, string | Ref> = {
    STAGE: settings.stage,
    HOST: '0.0.0.0',
    PORT: String(SERVICE_PORT),
    LOG_LEVEL: 'info',
    TRUSTED_PROXIES: places.trustedProxies.join(','),
    WORKERS: '1',
    REDIS_URL: places.redisUrl,
    REDIS_USERNAME: places.redisUser,
    // One replica must know of a logout before it is confirmed.
    REDIS_LOGOUT_ACKS: '1',
    S3_BUCKET: places.bucket,
    AWS_REGION: settings.region,
    SESSION_IDLE_SECONDS: String(settings.sessionIdleSeconds),
    SESSION_ABSOLUTE_SECONDS: String(settings.sessionAbsoluteSeconds),
    PROJECT_KEEP_DAYS: String(settings.projectKeepDays),
    ...(settings.models.length > 0 && { MODELS: JSON.stringify(settings.models) }),
    ...(places.signIn !== undefined && {
      SIGN_IN_ISSUER: places.signIn.issuer,
      SIGN_IN_CLIENT_ID: places.signIn.clientId,
      SIGN_IN_PUBLIC_URL: places.signIn.publicUrl,
    }),
  }
  return Object.entries(variables).map(([name, value]) => ({ name, value }))
}

/** The container definition as ECS takes it. It holds no secrets: it names them, and ECS fetches them. */
export function containerDefinition<Ref>(settings: Settings, image: string, places: ContainerPlaces<Ref>): object {
  return {
    name: SERVICE,
    image,
    essential: true,
    user: '1000:1000',
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: {
      // The first process reaps children and passes signals on: Node does neither well as process 1.
      initProcessEnabled: true,
      // AWS gives back an empty list. If it were left out, each update would see a change and replace every task.
      capabilities: { add: [], drop: ['ALL'] },
      tmpfs: [{ containerPath: '/tmp', size: 64, mountOptions: ['noexec', 'nosuid', 'nodev'] }],
    },
    portMappings: [{ containerPort: SERVICE_PORT, hostPort: SERVICE_PORT, protocol: 'tcp' }],
    environment: serviceEnvironment(settings, places),
    secrets: Object.entries(places.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    healthCheck: {
      command: [
        'CMD',
        'node',
        '-e',
        `fetch('http://127.0.0.1:${String(SERVICE_PORT)}/livez').then((r) => process.exit(r.ok ? 0 : 1), () => ` +
          'process.exit(1))',
      ],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 30,
    },
    stopTimeout: TIMINGS.stopTimeout,
    ulimits: [{ name: 'nofile', softLimit: 16384, hardLimit: 16384 }],
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': places.logGroup,
        'awslogs-region': settings.region,
        'awslogs-stream-prefix': SERVICE,
        // Set explicitly because the default has changed once. With `blocking`, a slow log service would stop requests.
        // The buffer holds minutes of lines, and the telemetry-silent alarm shows when they do not arrive.
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
  }
}

/** What an operator's task runs in the image, in place of the service. */
export const OPERATOR_COMMAND = ['node', 'dist/operator.js'] as const

/**
 * The same container with the operator's program: it has the service's settings and secrets, serves nothing, and so has
 * no port and no check of its health.
 * @param service as `containerDefinition` gives it
 */
export function operatorContainer(service: object): object {
  const { portMappings: _ports, healthCheck: _health, ...rest } = service as Record<string, unknown>
  return { ...rest, command: OPERATOR_COMMAND, portMappings: [] }
}
