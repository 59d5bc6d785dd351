import { join } from 'node:path'

/**
 * How a balancer behaves. The defaults are those of the balancer in the cloud (infra/timings.ts, infra/entrance.ts).
 */
export interface BalancerPace {
  /** An idle connection is closed after this time. When a task is silent for as long, the reply is 504. */
  readonly idleSeconds: number
  /** The time between two checks of a task's `/livez`. */
  readonly checkSeconds: number
  readonly checkTimeoutSeconds: number
}

/** Consecutive checks that a task must pass to count as healthy, or fail to count as unhealthy. */
const HEALTHY_AFTER = 2
const UNHEALTHY_AFTER = 3
/** As long as the cloud's balancer waits for a connection to a task. */
const CONNECT_SECONDS = 10
/** The largest request head that the cloud's balancer accepts. */
const HEAD_BYTES = 65_536

/**
 * The balancer's own replies, except the 400 and 408 to input that is not a request, which are worded by haproxy. None
 * has a request id: only tasks give ids, to find the request in their logs.
 */
const OWN_REPLIES: Readonly<Record<number, string>> = {
  500: 'The balancer failed.',
  502: 'No task answers.',
  503: 'No task is registered.',
  504: 'The task did not answer in time.',
}

/** The files of one haproxy, all in a folder that only its owner can read. */
export function balancerFiles(folder: string): { config: string; refused: string; admin: string; inner: string } {
  return {
    config: join(folder, 'haproxy.cfg'),
    refused: join(folder, 'refused.http'),
    admin: join(folder, 'admin.sock'),
    inner: join(folder, 'inner.sock'),
  }
}

/** The settings after a server's address, the same in the configuration and on the runtime socket. */
export function checksOf({ checkSeconds }: BalancerPace): string {
  return `check inter ${String(checkSeconds)}s fall ${String(UNHEALTHY_AFTER)} rise ${String(HEALTHY_AFTER)}`
}

/** The whole reply when the task refused the connection: 502, where haproxy would reply 503. */
export function refusedReply(): string {
  const body = `${OWN_REPLIES[502] ?? ''}\n`
  const head = ['HTTP/1.1 502 Bad Gateway', ...OWN_HEADERS.map(([name, value]) => `${name}: ${value}`)]
  return [...head, `Content-Length: ${String(Buffer.byteLength(body))}`, '', body].join('\r\n')
}

const OWN_HEADERS = [
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
] as const

/**
 * The configuration of an haproxy that behaves as an Application Load Balancer: round robin by request, no sticky
 * sessions, idle timeout, health checks, headers appended, dropped and overwritten, connections to tasks shared by all
 * clients. Three things need more than a setting:
 * - haproxy closes a kept connection, without a reply, when the task dies under a request that is not its first; an ALB
 * answers 502. So each request has its own connection inside haproxy, on which it is the first.
 * - With no healthy task left, an ALB uses all tasks (backend `any`).
 * - A refused connection gives 502 there and 503 in haproxy.
 */
export function balancerConfig(options: {
  readonly port: number
  /** Names of the servers, and where each listens (`127.0.0.1:PORT`). */
  readonly servers: readonly (readonly [name: string, address: string])[]
  readonly files: ReturnType<typeof balancerFiles>
  readonly pace: BalancerPace
}): string {
  const { port, servers, files, pace } = options
  const idle = `${String(pace.idleSeconds)}s`
  return `global
  nbthread 1
  # Not the system's own limit, for which haproxy would set memory aside.
  fd-hard-limit 40000
  tune.bufsize ${String(HEAD_BYTES)}
  stats socket ${files.admin} mode 600 level admin
  log stdout format raw local0 info

defaults
  mode http
  log global
  option httplog
  # Only what failed or was tried again.
  option dontlog-normal
  timeout client ${idle}
  timeout server ${idle}
  timeout http-keep-alive ${idle}
  timeout connect ${String(CONNECT_SECONDS)}s
  timeout check ${String(pace.checkTimeoutSeconds)}s
  # A connection that is refused is tried at the next task: no task has seen the request yet.
  retries 3
  option redispatch 1
  # A task learns that its reader has gone.
  option abortonclose
${Object.entries(OWN_REPLIES).map(ownReply).join('\n')}

listen web
  bind 127.0.0.1:${String(port)}
  option forwardfor
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Port %[dst_port]
  # What the cloud's balancer drops as invalid.
  http-request del-header [^A-Za-z0-9-] -m reg
  # It speaks of the connection to the task.
  http-response del-header Keep-Alive
  option http-server-close
  http-reuse never
  server inner unix@${files.inner}

frontend inner
  bind unix@${files.inner} mode 600
  http-request return status 503 ${ownBody(503)} if { nbsrv(any) eq 0 }
  use_backend any if { nbsrv(tasks) eq 0 }
  default_backend tasks

backend tasks
  balance roundrobin
  http-reuse always
  errorfile 503 ${files.refused}
  option httpchk GET /livez
  http-check expect status 200
${servers.map(([name, address]) => `  server ${name} ${address} ${checksOf(pace)}`).join('\n')}

backend any
  balance roundrobin
  http-reuse always
  errorfile 503 ${files.refused}
${servers.map(([name, address]) => `  server ${name} ${address}`).join('\n')}
`
}

function ownReply([status]: readonly [string, string]): string {
  return `  http-error status ${status} ${ownBody(Number(status))}`
}

function ownBody(status: number): string {
  const [[, type], ...others] = OWN_HEADERS
  const headers = others.map(([name, value]) => `hdr ${name} ${value}`).join(' ')
  return `content-type "${type}" string "${OWN_REPLIES[status] ?? ''}\\n" ${headers}`
}
