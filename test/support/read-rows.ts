import type { Finding } from '../../service/domain/files/finding.ts'
import { readTable } from '../../service/domain/files/read-table.ts'
import type { ReadingChoices } from '../../service/domain/files/reading/choices.ts'
import type { Question } from '../../service/domain/files/reading/question.ts'
import type { TableReading } from '../../service/domain/files/reading/reading.ts'

/** What a table is read as: its header, its rows with their lines, and all that was decided. */
export interface ReadRows {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
  readonly findings: readonly Finding[]
  readonly reading: TableReading
  readonly questions: readonly Question[]
}

/** Reads a table and keeps all of its rows. */
export async function readRows(
  bytes: Uint8Array | string,
  filename = 'wards.csv',
  choices: ReadingChoices = {},
): Promise<ReadRows> {
  const header: string[] = []
  const rows: (readonly string[])[] = []
  const lines: number[] = []
  const findings: Finding[] = []
  const file = { bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, filename, choices }
  const { reading, questions } = await readTable(file, () => ({
    header: (names: readonly string[]) => header.push(...names),
    row: (cells: readonly string[], line: number) => {
      rows.push(cells)
      lines.push(line)
    },
    note: (finding: Finding) => findings.push(finding),
  }))
  return { header, rows, lines, findings, reading, questions }
}
