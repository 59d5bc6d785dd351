import { randomBytes } from 'node:crypto'

/** A keyring file with fresh keys for the monitor, the administrator, the object store and the gateway. */
export function keyring(): string {
  const entries: Readonly<Record<string, readonly string[]>> = {
    'mon.': ['mon "allow *"'],
    'client.admin': ['mon "allow *"', 'osd "allow *"'],
    'osd.0': ['mon "allow profile osd"', 'osd "allow *"'],
    'client.rgw.a': ['mon "allow *"', 'osd "allow *"'],
  }
  return Object.entries(entries)
    .map(([name, caps]) =>
      [`[${name}]`, `key = ${cephKey()}`, ...caps.map((cap) => `caps ${cap.replace(' ', ' = ')}`), ''].join('\n'),
    )
    .join('\n')
}

/** A cephx key: type AES, creation time, length, 16 random bytes. */
function cephKey(): string {
  const head = Buffer.alloc(12)
  head.writeUInt16LE(1, 0)
  head.writeUInt32LE(Math.floor(Date.now() / 1000), 2)
  head.writeUInt16LE(16, 10)
  return Buffer.concat([head, randomBytes(16)]).toString('base64')
}

/**
 * The configuration file of a cluster that lives in `folder`. Intervals are small, and there is one replica in one
 * memory store, so there are no elections and no waits. Everything listens only on the loopback address. There is no
 * admin socket, because its path may be too long for a socket's name.
 */
export function cephConfig(at: { folder: string; cluster: string; monitorPort: number; gatewayPort: number }): string {
  return `[global]
fsid = ${at.cluster}
mon initial members = a
mon host = v2:127.0.0.1:${String(at.monitorPort)}
public network = 127.0.0.0/8
keyring = ${at.folder}/keyring
run dir = ${at.folder}
log file = ${at.folder}/log/$name.log
admin socket =
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd crush chooseleaf type = 0
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
paxos propose interval = 0.02
paxos min wait = 0.01
mon osd min up ratio = 0
mon max pg per osd = 1000
mon pg warn min per osd = 0
debug rgw = 0
debug osd = 0
debug mon = 0
debug ms = 0
debug paxos = 0
[mon.a]
host = localhost
mon data = ${at.folder}/mon
[osd]
osd objectstore = memstore
osd data = ${at.folder}/osd
memstore device bytes = 4294967296
osd memory target = 939524096
[client.rgw.a]
rgw frontends = beast endpoint=127.0.0.1:${String(at.gatewayPort)} tcp_nodelay=1
rgw data = ${at.folder}/rgw
rgw thread pool size = 64
rgw enable usage log = false
rgw enable ops log = false
`
}
