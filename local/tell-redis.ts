import { createConnection, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface RedisAddress {
  readonly host: string
  readonly port: number
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** Use TLS and trust this authority (PEM); `true` for the system's authorities. */
  readonly ca?: string | true | undefined
}

/** Sends one PING. Rejects as `tellRedis` does. */
export async function pingRedis(address: RedisAddress): Promise<void> {
  await tellRedis(address, ['PING'])
}

/**
 * Sends commands that are answered by a status (OK, PONG) on a separate connection, signed in when a password is given.
 * Rejects within 2 s with the error of the server or the network. It implements the protocol itself, so that the
 * scripts that start the stack do not need a Redis client.
 */
export async function tellRedis(address: RedisAddress, ...given: readonly (readonly string[])[]): Promise<void> {
  const socket = open(address)
  socket.setTimeout(2_000, () => {
    socket.destroy(new Error('no answer within 2 s'))
  })
  const login =
    address.password === undefined
      ? []
      : [['AUTH', ...(address.username === undefined ? [] : [address.username]), address.password]]
  const commands = [...login, ...given]
  try {
    await new Promise<void>((resolve, reject) => {
      let reply = ''
      socket.once(address.ca === undefined ? 'connect' : 'secureConnect', () => {
        socket.write(commands.map(encode).join(''))
      })
      socket.on('data', (chunk: Buffer) => {
        reply += chunk.toString()
        const refusal = /^-(.*)\r\n/m.exec(reply)?.[1]
        if (refusal !== undefined) reject(new Error(refusal))
        else if (reply.split('\r\n').length > commands.length) resolve()
      })
      socket.once('error', reject)
      socket.once('close', () => {
        reject(new Error('the connection was closed'))
      })
    })
  } finally {
    socket.destroy()
  }
}

function open({ host, port, ca }: RedisAddress): Socket {
  if (ca === undefined) return createConnection({ host, port })
  return connectTls({
    host,
    port,
    ...(ca === true ? {} : { ca }),
    ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
  })
}

function encode(command: readonly string[]): string {
  return `*${String(command.length)}\r\n${command.map((word) => `$${String(Buffer.byteLength(word))}\r\n${word}\r\n`).join('')}`
}
