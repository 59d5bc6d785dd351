import { createProvider } from './create-provider.ts'
import type { ProviderSettings } from './settings.ts'

const settings = JSON.parse(process.argv[2] ?? '') as ProviderSettings
createProvider(settings).listen(settings.port, '127.0.0.1')
