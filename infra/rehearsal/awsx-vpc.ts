import type { Json } from './values.ts'

/** A resource the component makes inside itself. */
export interface Child {
  readonly type: string
  readonly name: string
  readonly inputs: Readonly<Record<string, Json>>
}

type Make = (child: Child) => Promise<{ readonly id: string; readonly outputs: Readonly<Record<string, Json>> }>

interface Spec {
  readonly type: 'Public' | 'Private' | 'Isolated'
  readonly name: string
  readonly cidrBlocks: readonly string[]
}

/**
 * What `awsx:ec2:Vpc` makes, modelled on its published behaviour. In a real update the component runs in a plug-in that
 * is downloaded; this replaces it. Public subnets map public addresses unless a transform forbids it, and a gateway
 * endpoint is in the route tables only with the strategy `Auto`.
 */
export async function constructVpc(
  name: string,
  inputs: Readonly<Record<string, Json>>,
  make: Make,
): Promise<Record<string, Json>> {
  const specs = inputs['subnetSpecs'] as unknown as readonly Spec[]
  const zones = Number(inputs['numberOfAvailabilityZones'])
  const strategy = (inputs['natGateways'] as { readonly strategy: string }).strategy
  const vpc = await make({
    type: 'aws:ec2/vpc:Vpc',
    name,
    inputs: {
      cidrBlock: inputs['cidrBlock'] ?? '',
      enableDnsHostnames: inputs['enableDnsHostnames'] ?? false,
      enableDnsSupport: inputs['enableDnsSupport'] ?? true,
    },
  })
  const gateway = await make({ type: 'aws:ec2/internetGateway:InternetGateway', name, inputs: { vpcId: vpc.id } })
  const subnets: Record<Spec['type'], string[]> = { Public: [], Private: [], Isolated: [] }
  const nats: string[] = []
  const tables: string[] = []
  for (let zone = 0; zone < zones; zone++) {
    for (const spec of specs) {
      const part = `${name}-${spec.name}-${String(zone + 1)}`
      const subnet = await make({
        type: 'aws:ec2/subnet:Subnet',
        name: part,
        inputs: {
          vpcId: vpc.id,
          cidrBlock: spec.cidrBlocks[zone] ?? '',
          mapPublicIpOnLaunch: spec.type === 'Public',
          availabilityZone: `zone-${String(zone + 1)}`,
        },
      })
      subnets[spec.type].push(subnet.id)
      const table = await make({ type: 'aws:ec2/routeTable:RouteTable', name: part, inputs: { vpcId: vpc.id } })
      tables.push(table.id)
      await make({
        type: 'aws:ec2/routeTableAssociation:RouteTableAssociation',
        name: part,
        inputs: { subnetId: subnet.id, routeTableId: table.id },
      })
      if (spec.type === 'Public') {
        await make({
          type: 'aws:ec2/route:Route',
          name: part,
          inputs: { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0', gatewayId: gateway.id },
        })
        if (strategy === 'OnePerAz' || (strategy === 'Single' && zone === 0)) {
          const address = await make({
            type: 'aws:ec2/eip:Eip',
            name: `${name}-${String(zone + 1)}`,
            inputs: { domain: 'vpc' },
          })
          nats.push(
            (
              await make({
                type: 'aws:ec2/natGateway:NatGateway',
                name: `${name}-${String(zone + 1)}`,
                inputs: { subnetId: subnet.id, allocationId: address.id },
              })
            ).id,
          )
        }
      }
      const nat = nats[strategy === 'OnePerAz' ? zone : 0]
      if (spec.type === 'Private' && nat !== undefined)
        await make({
          type: 'aws:ec2/route:Route',
          name: part,
          inputs: { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0', natGatewayId: nat },
        })
    }
  }
  for (const [index, endpoint] of (
    (inputs['vpcEndpointSpecs'] ?? []) as unknown as readonly Record<string, Json>[]
  ).entries()) {
    await make({
      type: 'aws:ec2/vpcEndpoint:VpcEndpoint',
      name: `${name}-${String(index + 1)}`,
      inputs: {
        ...endpoint,
        vpcId: vpc.id,
        ...(inputs['vpcEndpointStrategy'] === 'Auto' && { routeTableIds: tables }),
      },
    })
  }
  return {
    vpcId: vpc.id,
    publicSubnetIds: subnets.Public,
    privateSubnetIds: subnets.Private,
    isolatedSubnetIds: subnets.Isolated,
  }
}
