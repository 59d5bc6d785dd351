import { RuleTester } from 'eslint'
import type { Rule } from 'eslint'
import tseslint from 'typescript-eslint'

interface Cases {
  /** Throws unless the rule accepts `code`. */
  readonly allows: (code: string, filename?: string, options?: readonly unknown[]) => void
  /** Throws unless the rule reports `code` exactly once, in these words. */
  readonly refuses: (code: string, message: string | RegExp, filename?: string) => void
}

/** Runs single cases of one rule through ESLint's RuleTester, so that each can be an assertion with its own title. */
export function casesOf(name: string, rule: object): Cases {
  const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } })
  // RuleTester registers its cases through these two functions. They run at once, so a failing case throws to the
  // caller.
  RuleTester.describe = (_title: string, run: () => void) => {
    run()
  }
  RuleTester.it = (_title: string, run: () => void) => {
    run()
  }
  return {
    allows(code, filename = 'a.ts', options = []) {
      tester.run(name, rule as Rule.RuleModule, { valid: [{ code, filename, options: [...options] }], invalid: [] })
    },
    refuses(code, message, filename = 'a.ts') {
      tester.run(name, rule as Rule.RuleModule, { valid: [], invalid: [{ code, filename, errors: [{ message }] }] })
    },
  }
}
