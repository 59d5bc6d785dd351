/** What the provider's process is told, as JSON in its one argument. */
export interface ProviderSettings {
  readonly port: number
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The service's own origin. */
  readonly publicUrl: string
}
