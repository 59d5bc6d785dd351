import type { RequestContext } from '../../context.ts'
import type { DataCall } from '../../domain/chat/answers/from-data.ts'
import { withFields } from '../../route.ts'
import { openDataset } from '../open-dataset.ts'
import { answerFrom, type ToolResult } from './tool-result.ts'

export async function describeData(ctx: RequestContext, call: DataCall): Promise<ToolResult> {
  const { packed, version } = await openDataset(ctx)
  return {
    answer: await answerFrom(
      ctx,
      'answerFromData',
      { call, packed, madeFrom: { datasetVersion: version, stale: false } },
      packed.length,
    ),
    attached: {},
  }
}

export async function mapVariable(ctx: RequestContext, call: DataCall, variable: string): Promise<ToolResult> {
  const { packed, version } = await openDataset(ctx)
  const answer = await answerFrom(
    ctx,
    'answerFromData',
    { call, packed, madeFrom: { datasetVersion: version, stale: false } },
    packed.length,
  )
  const map = await answerFrom(ctx, 'variableMap', { packed, variable }, packed.length)
  return { answer, attached: { map: withFields({ datasetVersion: version }, map) } }
}
