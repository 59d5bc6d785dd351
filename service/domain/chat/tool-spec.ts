import type { Static, TObject } from 'typebox'

/** What a call may need before it can run, in the order in which it is asked for. */
export type Need = 'data' | 'boundaries' | 'analysis' | 'plan'

/**
 * Where an answer comes from: the bundled texts, the data or the newest analysis alone, or a feature of its own, which
 * may make something.
 */
export type ToolSource = 'texts' | 'data' | 'result' | 'feature'

/** What a tool may make and the session keeps. */
export type Made = 'analysis' | 'plan' | 'export'

export interface ToolSpec<Input extends TObject = TObject, Source extends ToolSource = ToolSource> {
  /** When to choose it, for a model and for the arena. */
  readonly description: string
  /** A message that leads to it. It is shown to people as an example, is in the docs, and is asked by the prover. */
  readonly example: string
  readonly input: Input
  readonly from: Source
  readonly needs: readonly Need[] | ((input: Static<Input>) => readonly Need[])
  readonly makes?: Made
}

/** Declares a tool. What it needs may depend on its input. */
export function tool<Input extends TObject, Source extends ToolSource>(
  spec: ToolSpec<Input, Source>,
): ToolSpec<Input, Source> {
  return spec
}
