import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

export interface WeakLink {
  /** The object store, as it is reached over the link. */
  readonly endpoint: string
  /** Bytes of uploads that have crossed the link, with their headers. */
  readonly sent: () => number
  /** Uploads that a cut broke off on their way. */
  readonly brokenOff: () => number
  /** Breaks every upload off, and lets nothing through until `goUp` is called. */
  readonly goDown: () => void
  readonly goUp: () => void
  readonly close: () => Promise<void>
}

interface Upload {
  readonly client: Socket
  /** Bytes since the last answer of the store: a request is on its way. */
  underWay: number
}

/**
 * A relay in front of the object store that carries forms, which browsers upload by, at a few kbit/s all together. What
 * the service itself sends and asks goes through unhindered.
 */
export async function weakLink(store: string, kbit: number): Promise<WeakLink> {
  const target = new URL(store)
  const uploads = new Set<Upload>()
  let [sent, broken, isDown, freeAt] = [0, 0, false, 0]

  const server = createServer((client) => {
    if (isDown) {
      client.destroy()
      return
    }
    const upstream = connect(Number(target.port), target.hostname)
    let upload: Upload | null = null
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => {
        other.destroy()
        if (upload !== null) uploads.delete(upload)
      })
    }
    client.on('data', (bytes) => {
      if (upload === null && /^POST [^]*multipart\/form-data/.test(bytes.toString('latin1', 0, 2_048))) {
        upload = { client, underWay: 0 }
        uploads.add(upload)
      }
      if (upload === null) {
        upstream.write(bytes)
        return
      }
      client.pause()
      freeAt = Math.max(freeAt, performance.now()) + (bytes.length * 8) / kbit
      setTimeout(() => {
        if (client.destroyed || upload === null) return
        sent += bytes.length
        upload.underWay += bytes.length
        upstream.write(bytes)
        client.resume()
      }, freeAt - performance.now())
    })
    upstream.on('data', (bytes) => {
      if (upload !== null) upload.underWay = 0
      client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    sent: () => sent,
    brokenOff: () => broken,
    goDown: () => {
      isDown = true
      for (const { client, underWay } of uploads) {
        if (underWay > 0) broken += 1
        client.destroy()
      }
    },
    goUp: () => {
      isDown = false
    },
    close: () =>
      new Promise((resolve) => {
        for (const { client } of uploads) client.destroy()
        server.close(() => {
          resolve()
        })
      }),
  }
}
