import { parentPort, workerData } from 'node:worker_threads'
import { readTable } from '../../service/domain/files/read-table.ts'

/** Reads the table that the thread was given, without keeping its rows, and tells how many they are. */
const { bytes, filename } = workerData as { readonly bytes: Uint8Array; readonly filename: string }
let rows = 0
await readTable({ bytes, filename, choices: {} }, () => ({
  header: () => undefined,
  row: () => void (rows += 1),
  note: () => undefined,
}))
parentPort?.postMessage(rows)
