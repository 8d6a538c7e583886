// A way to the cluster that does not lead over the internet. The cluster itself is not made here: it
// outlives every installation. Without this the app reaches it by the connection string alone.

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

@description('Required. Resource id of the subnet of endpoints.')
@maxLength(400)
param subnetId string

@description('Required. Resource id of the cluster\'s private link service.')
@minLength(20)
@maxLength(300)
param privateLinkService string

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-atlas'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    // accepted at the cluster, by hand
    manualPrivateLinkServiceConnections: [
      {
        name: 'atlas'
        properties: {
          privateLinkServiceId: privateLinkService
          requestMessage: name
        }
      }
    ]
  }
}

@description('Resource id of the endpoint.')
output endpointId string = endpoint.id
