import tseslint from 'typescript-eslint'
import { house } from './lint/rules.ts'

export default tseslint.config(
  // The canary's file is CommonJS without types, as its runtime takes it; its test runs it.
  { ignores: ['node_modules', 'dist', 'dist-maps', '.local', '.tap', 'coverage', 'infra/probe/probe.cjs'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-constant-binary-expression': 'error',
      'no-promise-executor-return': 'off',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      // A type import left among the values is a module loaded for nothing wherever the sources run as they are.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      // Counts and sizes belong in messages; what has no wording of its own does not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A handler that waits for nothing yet is still asynchronous by contract.
      '@typescript-eslint/require-await': 'off',
      // An empty text or a NaN is replaced on purpose where `||` is written.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true, number: true } }],
      // What was caught is passed on as it came.
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // The SDK's packages compare their clients by shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Names are compared code point by code point on purpose.
      '@typescript-eslint/no-misused-spread': 'off',
      // Environment variables are written as the strings they are.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
    },
  },
  {
    files: ['service/**'],
    plugins: { house },
    rules: {
      'house/no-module-state': [
        'error',
        {
          pure: [
            'route',
            'tool',
            'luaScript',
            'listOf',
            'oneOf',
            'orNull',
            'wardFeatures',
            'wordSet',
            'pattern',
            'phraseBook',
            'numbered',
          ],
        },
      ],
      'house/room-boundaries': 'error',
      'house/no-connection-state': 'error',
    },
  },
  {
    plugins: { house },
    rules: { 'house/no-import-circles': 'error' },
  },
  {
    // main.ts is the process itself and the sample's generator no part of the service: both run once, for nobody's
    // request.
    files: ['service/main.ts', 'service/sample/**'],
    rules: { 'house/no-module-state': 'off' },
  },
  {
    // The one place whose type rules lie in another folder.
    files: ['test/infra/**', 'policy/**'],
    languageOptions: {
      parserOptions: { projectService: false, project: ['infra/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    // What a stack was given can be anything; the rules over it compare its text.
    files: ['infra/rules/**', 'infra/rehearsal/**'],
    rules: { '@typescript-eslint/no-base-to-string': 'off' },
  },
  {
    // A syntax node is told by its `type`, which ESLint's own types write as an enum and everybody writes as text.
    files: ['lint/**'],
    rules: { '@typescript-eslint/no-unsafe-enum-comparison': 'off' },
  },
  {
    // Scripts that people run talk to them.
    files: [
      'build/**',
      'local/**',
      'bench/**',
      'prove/**',
      'test/run.ts',
      'test/referees/main.ts',
      'infra/**',
      'service/sample/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      // tap waits for every t.test() by itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafePromises: [{ from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' }] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // A test says what it expects a reply to hold.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['**/*.js'],
    ...tseslint.configs.disableTypeChecked,
  },
)
