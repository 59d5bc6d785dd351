// Pulumi's runner of packs compiles a TypeScript main in an old way; Node itself reads what a module imports.
import './controls.ts'
