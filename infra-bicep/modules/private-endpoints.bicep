// Storage and vault, as seen from the installation's network.

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

@description('Required. Resource id of the network.')
@maxLength(400)
param virtualNetworkId string

@description('Required. Resource id of the subnet of endpoints.')
@maxLength(400)
param subnetId string

@description('Required. Resource id of the storage account.')
@minLength(20)
@maxLength(400)
param accountId string

@description('Required. Resource id of the vault.')
@minLength(20)
@maxLength(400)
param vaultId string

var targets = [
  { group: 'blob', id: accountId, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { group: 'queue', id: accountId, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { group: 'table', id: accountId, zone: 'privatelink.table.${environment().suffixes.storage}' }
  { group: 'vault', id: vaultId, zone: 'privatelink.vaultcore.azure.net' }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for target in targets: {
    name: target.zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (target, i) in targets: {
    parent: zones[i]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: virtualNetworkId }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for target in targets: {
    name: '${name}-${target.group}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: target.group
          properties: {
            privateLinkServiceId: target.id
            groupIds: [target.group]
          }
        }
      ]
    }
  }
]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (target, i) in targets: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: target.group
          properties: { privateDnsZoneId: zones[i].id }
        }
      ]
    }
  }
]
