import { createConnection } from 'node:net'

/**
 * Sends one command to haproxy's runtime socket and returns the reply without the blank lines around it. Rejects within
 * 2 s with the system's error when nothing listens there.
 */
export async function tellBalancer(socketFile: string, command: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = createConnection(socketFile)
    const chunks: Buffer[] = []
    socket
      .setTimeout(2_000, () => {
        socket.destroy(new Error(`no answer to "${command}" within 2 s`))
      })
      .once('connect', () => {
        socket.write(`${command}\n`)
      })
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk)
      })
      .once('error', reject)
      .once('end', () => {
        resolve(Buffer.concat(chunks).toString().trim())
      })
  })
}
