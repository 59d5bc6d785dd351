// Pulumi's runner of packs compiles a TypeScript main in an old way; what a module imports, Node reads itself.
import './controls.ts'
