// The vault of the installation's secrets. It is made empty: a value in a template could overwrite
// an operator's, and a made-up one could not be told from it. docs/deploy-azure.md says who fills it.

@description('Required. Name of the vault, worldwide its own.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('Required. The region.')
@minLength(2)
@maxLength(40)
param location string

@description('Required. Tags.')
param tags object

@description('Required. Days that a deleted secret, key or vault can be brought back. Cannot be changed later.')
@minValue(7)
@maxValue(90)
param keepDays int

@description('Required. Whether only a private endpoint and some addresses lead to it.')
param isPrivate bool

@description('Required. The addresses that do.')
@maxLength(50)
param allowedAddresses array

@description('Required. Whether a deleted vault of this name is taken back.')
param recover bool

@description('Required. Resource id of the workspace that is told who asked for what.')
@minLength(20)
@maxLength(400)
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: vaultName
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    createMode: recover ? 'recover' : 'default'
    enableRbacAuthorization: true
    enableSoftDelete: true
    // without the key in it no stored address can be read: nobody may remove it for good in a hurry
    enablePurgeProtection: true
    softDeleteRetentionInDays: keepDays
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
      ipRules: [for address in allowedAddresses: { value: address }]
      virtualNetworkRules: []
    }
  }
}

resource told 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'beckon'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'audit', enabled: true }
    ]
  }
}

@description('Name of the vault, once it is there.')
output vaultName string = vault.name

@description('Resource id of the vault.')
output vaultId string = vault.id

@description('Its address, with a slash at its end.')
output vaultUri string = vault.properties.vaultUri
