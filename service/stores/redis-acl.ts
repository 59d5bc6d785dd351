/**
 * What the service's own Redis user may touch, as data: the key prefixes it owns and the commands it sends.
 * The local server and the cloud's user group are both made from this one list, so a command that is missing here
 * fails in the first test and not in production. Nothing here can list keys, read another prefix or change the server.
 * CLIENT SETINFO is unknown before Redis 7.2, so clients are made with `disableClientInfo: true`.
 */
const redisAcl = {
  keyPatterns: [
    'sess:*',
    'tomb:*',
    'data:*',
    'ended:*',
    'erasures',
    'erasures:projects',
    'sweep:projects',
    'saving:*',
    'arena:tally',
    'limit:*',
    // The release before keeps its limit here, and serves while this one takes its place.
    'starts:*',
    'person:*',
    'epoch:*',
    'spent:*',
  ],
  commands: [
    'eval',
    'evalsha',
    'script|load',
    'wait',
    'time',
    'ping',
    'hello',
    'auth',
    'info',
    'client|setname',
    'client|id',
    'get',
    'set',
    'del',
    'exists',
    'expire',
    'pexpire',
    'pexpireat',
    'pexpiretime',
    'pttl',
    'hget',
    'hset',
    'hmget',
    'hgetall',
    'hdel',
    'hincrby',
    'hlen',
    'zadd',
    'zrem',
    'zrangebyscore',
  ],
} as const

/**
 * The list as Redis ACL rules for a new user, without the user's name, state and password. The words and their order
 * are those of Redis itself, so that a cloud that returns the rules in that form does not report a change.
 */
export function redisAclRules(): string {
  const keys = redisAcl.keyPatterns.map((pattern) => `~${pattern}`)
  const commands = redisAcl.commands.map((command) => `+${command}`)
  return [...keys, 'resetchannels', '-@all', ...commands].join(' ')
}
