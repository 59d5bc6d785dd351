import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { nameOf } from './names.ts'
import type { Settings } from './settings.ts'

/** Sign-in by Amazon Cognito, ready for a service that asks people to sign in: authorization code with PKCE, a second factor, no self sign-up. */
export class Login extends pulumi.ComponentResource {
  readonly issuer: pulumi.Output<string>
  readonly clientId: pulumi.Output<string>

  constructor(name: string, args: { settings: Settings; accountId: string }, opts?: pulumi.ComponentResourceOptions) {
    super('chatmrpt:infra:Login', name, {}, opts)
    const { settings, accountId } = args
    const parent = { parent: this }
    const pool = new aws.cognito.UserPool(name, {
      userPoolTier: 'PLUS', userPoolAddOns: { advancedSecurityMode: 'ENFORCED' },
      usernameAttributes: ['email'], autoVerifiedAttributes: ['email'],
      mfaConfiguration: 'ON', softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: { minimumLength: 14, requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true, temporaryPasswordValidityDays: 3 },
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
      deletionProtection: settings.deletionProtection ? 'ACTIVE' : 'INACTIVE'
    }, { ...parent, protect: settings.deletionProtection })
    new aws.cognito.UserPoolDomain(name, { userPoolId: pool.id, domain: `${nameOf(settings.stage, 'login', 63)}-${accountId}` }, parent)
    const origin = `https://${settings.hostName}`
    const client = new aws.cognito.UserPoolClient(name, {
      userPoolId: pool.id, generateSecret: false,
      allowedOauthFlowsUserPoolClient: true, allowedOauthFlows: ['code'], allowedOauthScopes: ['openid', 'email'],
      callbackUrls: [`${origin}/auth/callback`], logoutUrls: [`${origin}/`],
      supportedIdentityProviders: ['COGNITO'], preventUserExistenceErrors: 'ENABLED', enableTokenRevocation: true,
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH']
    }, parent)
    this.issuer = pulumi.interpolate`https://cognito-idp.${settings.region}.amazonaws.com/${pool.id}`
    this.clientId = client.id
    this.registerOutputs({ issuer: this.issuer, clientId: this.clientId })
  }
}
