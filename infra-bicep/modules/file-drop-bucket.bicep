// The container that files are dropped in, and the account around it. The queues and the packages
// of the app lie in the same account: the app's host needs an account in any case.

@description('Required. Name of the storage account, worldwide its own.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Required. The region.')
@minLength(2)
@maxLength(40)
param location string

@description('Required. Tags.')
param tags object

@description('Required. How many copies there are of everything, and where.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param redundancy string

@description('Required. The container that files are dropped in.')
@minLength(3)
@maxLength(63)
param filesContainer string

@description('Required. The container of events that could not be delivered.')
@minLength(3)
@maxLength(63)
param undeliveredContainer string

@description('Required. The container of the app\'s packages.')
@minLength(3)
@maxLength(63)
param packagesContainer string

@description('Required. Days that a file stays, whatever became of it.')
@minValue(1)
@maxValue(3650)
param keepFiles int

@description('Required. Days that a deleted or overwritten file can be brought back.')
@minValue(1)
@maxValue(365)
param keepVersions int

@description('Required. Whether only private endpoints and some addresses lead to it.')
param isPrivate bool

@description('Required. The addresses that do.')
@maxLength(50)
param allowedAddresses array

@description('Required. Resource id of the workspace that is told of requests.')
@minLength(20)
@maxLength(400)
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    // identities only: nobody can leak a key that does not open anything
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    accessTier: 'Hot'
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      // Event Grid delivers by its own identity, as a trusted service
      bypass: 'AzureServices'
      ipRules: [for address in allowedAddresses: { action: 'Allow', value: address }]
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: keepVersions }
    containerDeleteRetentionPolicy: { enabled: true, days: keepVersions }
  }
}

resource files 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: filesContainer
  properties: { publicAccess: 'None' }
}

resource undelivered 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: undeliveredContainer
  properties: { publicAccess: 'None' }
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobService
  name: packagesContainer
  properties: { publicAccess: 'None' }
}

resource expiry 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          // rows cut from files; what is left of them after this is of no use
          name: 'chunks'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${filesContainer}/.beckon/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } }
              version: { delete: { daysAfterCreationGreaterThan: keepVersions } }
            }
          }
        }
        {
          name: 'files'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${filesContainer}/', '${undeliveredContainer}/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: keepFiles } }
              version: { delete: { daysAfterCreationGreaterThan: keepVersions } }
            }
          }
        }
      ]
    }
  }
  dependsOn: [blobService]
}

resource told 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'beckon'
  scope: blobService
  properties: {
    workspaceId: workspaceId
    // who wrote and deleted; reads are too many, and the app's own for the most part
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

@description('Name of the account, once it is there.')
output accountName string = account.name

@description('Resource id of the account.')
output accountId string = account.id

@description('Address of its blobs, with a slash at its end.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of its queues, with a slash at its end.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('Address of its tables, with a slash at its end.')
output tableEndpoint string = account.properties.primaryEndpoints.table
