import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate'
import type { Template } from './cloudformation.ts'

/** What AWS's own offline validator reports about a template, schemas and references included; advice is left out. */
export function validateTemplates(templates: readonly (Template | string)[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-templates-'))
  const engine = new RegoEngine()
  try {
    return templates.map((template, index) => {
      const file = typeof template === 'string' ? template : join(folder, `${String(index)}.json`)
      if (typeof template !== 'string') writeFileSync(file, JSON.stringify(template))
      return engine
        .validateStandard(new TemplateFile(file))
        .diagnostics.filter(({ severity }) => severity !== 'INFO')
        .map(({ severity, ruleId, message }) => `${severity} ${ruleId}: ${message}`)
    })
  } finally {
    engine.free()
    rmSync(folder, { recursive: true })
  }
}
