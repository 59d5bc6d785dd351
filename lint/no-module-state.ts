import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

type Options = [{ readonly pure?: readonly string[] }?]
type Expression = TSESTree.Node | null | undefined

/** Calls whose value nobody can change afterwards. `Type.*` makes TypeBox schemas. */
const PURE_CALLS = /^(Type\.\w+|Symbol|Symbol\.for|Number|String|BigInt|Math\.\w+|fileURLToPath|promisify)$/
/** Classes whose instances nobody changes. */
const CONSTANT_CLASSES = /^(URL|Intl\.\w+)$/
/** Calls whose new array is a constant if its annotation is readonly. */
const COPYING_CALLS = /(^Object\.(keys|values|entries|fromEntries)|\.(map|filter|flatMap))$/
const READONLY_TYPES = /^(ReadonlyMap|ReadonlySet|ReadonlyArray|Readonly)$/

/** The dotted name of what is called, such as `Type.Object`; it begins with `?` on a computed value. */
function nameOf(node: TSESTree.Node): string {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || node.computed) return '?'
  return `${nameOf(node.object)}.${node.property.type === 'Identifier' ? node.property.name : '?'}`
}

/** True for `as const` and `<const>`. */
function isConstAssertion(node: TSESTree.TypeNode): boolean {
  return node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && node.typeName.name === 'const'
}

/** True for `readonly T[]`, `ReadonlyMap<K, V>`, `ReadonlySet<T>`, `ReadonlyArray<T>` and `Readonly<T>`. */
function isReadonlyType(node: TSESTree.TypeNode | undefined): boolean {
  if (node?.type === 'TSTypeOperator') return node.operator === 'readonly'
  return (
    node?.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && READONLY_TYPES.test(node.typeName.name)
  )
}

/** Decides what may be at module scope; `pure` adds names of calls that the project vouches for. */
function constancy(pure: readonly string[]): (node: Expression, annotation?: TSESTree.TypeNode) => boolean {
  const isPureCall = (node: TSESTree.CallExpression): boolean => {
    const name = nameOf(node.callee)
    if (name === 'Object.freeze') return isFrozenLiteral(node.arguments[0])
    if (name === 'readFileSync') return node.arguments[1]?.type === 'Literal'
    return PURE_CALLS.test(name) || pure.includes(name)
  }

  /** `Object.freeze` is shallow and does nothing to a Map, so it counts only for literals of constants. */
  const isFrozenLiteral = (node: Expression): boolean =>
    (node?.type === 'ArrayExpression' || node?.type === 'ObjectExpression') &&
    partsOf(node).every((part) => isConstant(part))

  /** A literal under `as const` or a readonly annotation: literals within are readonly too. */
  const isConstantLiteral = (node: Expression, mayBeEmpty: boolean): boolean => {
    if (node?.type !== 'ArrayExpression' && node?.type !== 'ObjectExpression') return isConstant(node)
    const parts = partsOf(node)
    return (mayBeEmpty || parts.length > 0) && parts.every((part) => isConstantLiteral(part, mayBeEmpty))
  }

  const isReadonlyCollection = (node: Expression): boolean => {
    if (node?.type === 'NewExpression') {
      const contents = node.arguments[0]
      return (
        /^(Map|Set)$/.test(nameOf(node.callee)) &&
        contents !== undefined &&
        (contents.type === 'ArrayExpression'
          ? partsOf(contents).every((part) => isConstantLiteral(part, false))
          : isCopy(contents) || isConstant(contents))
      )
    }
    if (node?.type === 'ArrayExpression' || node?.type === 'ObjectExpression') {
      return partsOf(node).every((part) => isConstantLiteral(part, false))
    }
    return isCopy(node)
  }
  const isCopy = (node: Expression): boolean =>
    node?.type === 'CallExpression' && COPYING_CALLS.test(nameOf(node.callee))

  const isConstant = (node: Expression, annotation?: TSESTree.TypeNode): boolean => {
    if (node === null || node === undefined) return true
    if (isReadonlyType(annotation) && isReadonlyCollection(node)) return true
    switch (node.type) {
      case 'Literal':
        return !('regex' in node) || !/[gy]/.test(node.regex.flags)
      case 'Identifier':
      case 'MemberExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'ClassExpression':
        return true
      case 'TemplateLiteral':
        return node.expressions.every((part) => isConstant(part))
      case 'TaggedTemplateExpression':
        return nameOf(node.tag) === 'String.raw'
      case 'UnaryExpression':
      case 'SpreadElement':
        return isConstant(node.argument)
      case 'BinaryExpression':
      case 'LogicalExpression':
        return isConstant(node.left) && isConstant(node.right)
      case 'ConditionalExpression':
        return isConstant(node.consequent) && isConstant(node.alternate)
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
        return isConstant(node.expression)
      case 'TSAsExpression':
      case 'TSTypeAssertion':
        return isConstAssertion(node.typeAnnotation)
          ? isConstantLiteral(node.expression, true)
          : isConstant(node.expression, node.typeAnnotation)
      case 'CallExpression':
        return isPureCall(node)
      case 'NewExpression':
        return CONSTANT_CLASSES.test(nameOf(node.callee))
      default:
        return false
    }
  }
  return isConstant
}

/** The values a literal is made of, keys that are computed and spread values among them. */
function partsOf(node: TSESTree.ArrayExpression | TSESTree.ObjectExpression): Expression[] {
  if (node.type === 'ArrayExpression') return node.elements
  return node.properties.map((property) => (property.type === 'Property' ? property.value : property.argument))
}

/** The default values in a destructuring pattern. */
function defaultsOf(pattern: TSESTree.Node | null): TSESTree.Node[] {
  switch (pattern?.type) {
    case 'AssignmentPattern':
      return [pattern.right, ...defaultsOf(pattern.left)]
    case 'ArrayPattern':
      return pattern.elements.flatMap(defaultsOf)
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        defaultsOf(property.type === 'Property' ? property.value : property.argument),
      )
    default:
      return []
  }
}

/**
 * Module scope may hold functions, types, classes and deeply constant values, and nothing that a request could change.
 * The rule reads syntax only: an alias of an imported value counts as constant, since its own module obeys this rule.
 */
export const noModuleState: TSESLint.RuleModule<'state', Options> = {
  meta: {
    type: 'problem',
    docs: { description: 'Refuses values at module scope that a request could change' },
    schema: [
      {
        type: 'object',
        properties: { pure: { type: 'array', items: { type: 'string' } } },
        additionalProperties: false,
      },
    ],
    messages: {
      state:
        "Cannot keep '{{name}}' at module scope: it outlives the request and can carry one user's data to the next",
    },
  },
  create(context) {
    const isConstant = constancy(context.options[0]?.pure ?? [])
    const isOutsideFunctions = (node: TSESTree.Node): boolean =>
      /^(module|global)$/.test(context.sourceCode.getScope(node).variableScope.type)
    const report = (node: TSESTree.Node, name: string): void => {
      context.report({ node, messageId: 'state', data: { name } })
    }
    return {
      VariableDeclaration(node) {
        if (node.declare || !isOutsideFunctions(node)) return
        for (const { id, init } of node.declarations) {
          const annotation = id.typeAnnotation?.typeAnnotation
          const isFixed =
            node.kind === 'const' && isConstant(init, annotation) && defaultsOf(id).every((value) => isConstant(value))
          if (!isFixed) report(node, id.type === 'Identifier' ? id.name : 'destructured')
        }
      },
      ExportDefaultDeclaration(node) {
        const value = node.declaration
        if (value.type.endsWith('Declaration') || isConstant(value)) return
        report(node, 'default')
      },
      AssignmentExpression(node) {
        if (node.left.type !== 'MemberExpression') return
        const name = nameOf(node.left)
        if (/^(globalThis|global)\./.test(name) || isOutsideFunctions(node)) report(node, name)
      },
      PropertyDefinition(node) {
        if (!node.static || node.declare) return
        if (!node.readonly || !isConstant(node.value, node.typeAnnotation?.typeAnnotation))
          report(node, context.sourceCode.getText(node.key))
      },
      AccessorProperty(node) {
        if (node.static) report(node, context.sourceCode.getText(node.key))
      },
      StaticBlock(node) {
        report(node, 'static block')
      },
      TSEnumDeclaration(node) {
        if (!node.declare) report(node, node.id.name)
      },
      TSModuleDeclaration(node) {
        if (!node.declare && node.kind !== 'global') report(node, context.sourceCode.getText(node.id))
      },
    }
  },
}
