// A network of the installation's own: a subnet the app's instances join, one of private endpoints,
// and one fixed address for whatever leaves it.

@description('Required. Name of the installation.')
@minLength(3)
@maxLength(25)
param name string

@description('Required. The region.')
@minLength(2)
@maxLength(40)
param location string

@description('Required. Tags.')
param tags object

@description('Required. Addresses of the network.')
@minLength(9)
@maxLength(18)
param addressSpace string

resource outbound 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '${name}-outbound'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    publicIPAllocationMethod: 'Static'
    publicIPAddressVersion: 'IPv4'
  }
}

// vendors and the cluster lie outside, and new networks have no way out by themselves
resource gateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    idleTimeoutInMinutes: 10
    publicIpAddresses: [{ id: outbound.id }]
  }
}

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
    subnets: [
      {
        name: 'functions'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 25, 0)
          natGateway: { id: gateway.id }
          delegations: [
            {
              name: 'flex'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 25, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

@description('Resource id of the network.')
output virtualNetworkId string = virtualNetwork.id

@description('Resource id of the subnet of the app.')
output functionSubnetId string = virtualNetwork.properties.subnets[0].id

@description('Resource id of the subnet of endpoints.')
output endpointSubnetId string = virtualNetwork.properties.subnets[1].id

@description('The address that vendors and the cluster see.')
output outboundAddress string = outbound.properties.ipAddress
