import { readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** Seconds for which the machine's cores have been busy since it started, with all programs. Reads `/proc/stat`. */
export function machineSeconds(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] =
    /^cpu +([\d ]+)/.exec(readFileSync('/proc/stat', 'utf8'))?.[1]?.split(' ').map(Number) ?? []
  return (user + nice + system + irq + softirq) / TICKS_PER_SECOND
}
