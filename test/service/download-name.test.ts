import t from 'tap'
import { downloadName, plainName } from '../../service/features/download-name.ts'
import type { Workspace } from '../../service/stores/workspace.ts'

const AT = Date.UTC(2026, 10, 29, 23, 59)

const withFiles = (...files: readonly (readonly [role: string, filename: string])[]): Pick<Workspace, 'files'> => ({
  files: files.map(([role, filename]) => ({ role, filename, object: {} }) as unknown as Workspace['files'][number]),
})

t.test('a download is named by the area in the name of the table, by what it holds, and by the day', async (t) => {
  for (const [filename, expected] of [
    ['kano.csv', 'kano_rankings_2026-11-29.csv'],
    ['Kano wards.xlsx', 'Kano_rankings_2026-11-29.csv'],
    ['kano_wards_2024.csv', 'kano-2024_rankings_2026-11-29.csv'],
    ['wards.csv', 'rankings_2026-11-29.csv'],
    ['Ƙano"; x=y\r.csv', 'ano-x-y_rankings_2026-11-29.csv'],
    ['区.csv', 'rankings_2026-11-29.csv'],
    [`${'long '.repeat(30)}.csv`, `${'long-'.repeat(8).slice(0, 40)}_rankings_2026-11-29.csv`],
  ] as const)
    t.equal(downloadName('rankings.csv', withFiles(['wards', filename]), AT), expected, filename)
})

t.test('without a ward table the facility table names the area, and without files nothing does', async (t) => {
  const files = withFiles(['boundaries', 'borno.zip'], ['facilities', 'Yobe reports.csv'])
  t.equal(downloadName('analysis_results.json', files, AT), 'Yobe_analysis_results_2026-11-29.json')
  t.equal(downloadName('itn_plan.xlsx', withFiles(), AT), 'itn_plan_2026-11-29.xlsx')
  t.equal(plainName('Kano wards.csv'), 'Kano-wards')
})
