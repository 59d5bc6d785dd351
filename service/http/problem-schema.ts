import { Type } from 'typebox'
import { SaidSchema } from '../domain/said-schema.ts'
import { QuestionsSchema } from '../domain/files/reading/question-schema.ts'

/** Every refusal and every failure, as the description of the API has it. */
export const PROBLEM = {
  description: 'Refused or failed: the last part of `type` names the problem',
  content: {
    'application/problem+json': {
      schema: Type.Object({
        type: Type.String(),
        title: Type.String(),
        status: Type.Integer(),
        detail: Type.String({ description: 'In English' }),
        said: SaidSchema,
        instance: Type.String(),
        requestId: Type.String(),
        errors: Type.Optional(
          Type.Array(
            Type.Object({
              detail: Type.String(),
              said: SaidSchema,
              pointer: Type.Optional(Type.String()),
              line: Type.Optional(Type.Integer()),
              column: Type.Optional(Type.Integer()),
              sheet: Type.Optional(Type.String()),
              feature: Type.Optional(Type.Integer()),
            }),
          ),
        ),
        questions: Type.Optional(QuestionsSchema),
      }),
    },
  },
} as const
