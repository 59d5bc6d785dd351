import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { signInAddresses } from '../service/config/sign-in-config.ts'
import { nameOf } from './names.ts'
import type { Settings } from './settings.ts'

/**
 * Sign-in by Amazon Cognito: a pool with a second factor and without self sign-up, and the service's client, which uses
 * the authorization code flow and authenticates with a secret. It gives out what the service must know of it; the
 * secret goes only to Secrets Manager.
 */
export class Login extends pulumi.ComponentResource {
  readonly issuer: pulumi.Output<string>
  readonly clientId: pulumi.Output<string>
  readonly clientSecret: pulumi.Output<string>

  constructor(
    name: string,
    args: { settings: Settings; accountId: string; publicUrl: string },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Login', name, {}, opts)
    const { settings, accountId, publicUrl } = args
    const parent = { parent: this }
    const pool = new aws.cognito.UserPool(
      name,
      {
        userPoolTier: 'PLUS',
        userPoolAddOns: { advancedSecurityMode: 'ENFORCED' },
        // This cannot be changed once the pool is made.
        usernameAttributes: ['email'],
        usernameConfiguration: { caseSensitive: false },
        autoVerifiedAttributes: ['email'],
        mfaConfiguration: 'ON',
        softwareTokenMfaConfiguration: { enabled: true },
        passwordPolicy: {
          minimumLength: 14,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: true,
          temporaryPasswordValidityDays: 3,
        },
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
        accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
        deletionProtection: settings.deletionProtection ? 'ACTIVE' : 'INACTIVE',
      },
      { ...parent, protect: settings.deletionProtection },
    )
    new aws.cognito.UserPoolDomain(
      name,
      { userPoolId: pool.id, domain: `${nameOf(settings.stage, 'login', 63)}-${accountId}` },
      parent,
    )
    const addresses = signInAddresses(publicUrl)
    const client = new aws.cognito.UserPoolClient(
      name,
      {
        userPoolId: pool.id,
        generateSecret: true,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ['code'],
        allowedOauthScopes: ['openid', 'email'],
        callbackUrls: [addresses.callback],
        logoutUrls: [addresses.signedOut],
        supportedIdentityProviders: ['COGNITO'],
        preventUserExistenceErrors: 'ENABLED',
        enableTokenRevocation: true,
        explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      },
      parent,
    )
    this.issuer = pulumi.interpolate`https://cognito-idp.${settings.region}.amazonaws.com/${pool.id}`
    this.clientId = client.id
    this.clientSecret = client.clientSecret
    this.registerOutputs({ issuer: this.issuer, clientId: this.clientId })
  }
}
