// What people and other systems may do. None of them needs a right of the app, and nobody gets a key
// of the account.

@description('Required. Name of the installation.')
@minLength(3)
@maxLength(25)
param name string

@description('Required. The storage account.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Required. The container that files are dropped in.')
@minLength(3)
@maxLength(63)
param filesContainer string

@description('Required. The vault.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('Required. The key in it.')
@minLength(1)
@maxLength(127)
param keyName string

@description('Required. Object ids of those who run ./beckon.')
@maxLength(20)
param operators array

@description('Required. Object ids of those who fill secrets.')
@maxLength(20)
param secretsOfficers array

@description('Required. Object ids of those who deliver files.')
@maxLength(20)
param fileDroppers array

var roles = {
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageQueueDataReader: '19e7f393-937e-4f77-808e-94535e297925'
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  keyVaultCryptoServiceEncryptionUser: 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' existing = {
  parent: account
  name: 'default'
}

resource files 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = {
  parent: blobService
  name: filesContainer
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource masterKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' existing = {
  parent: vault
  name: keyName
}

resource operatorHandlesFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for person in operators: {
    name: guid(files.id, person, roles.storageBlobDataContributor)
    scope: files
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
      principalId: person
      description: 'Imports are forced, cancelled and erased by ./beckon, which moves and deletes their files.'
    }
  }
]

resource operatorSeesQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for person in operators: {
    name: guid(account.id, person, roles.storageQueueDataReader)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataReader)
      principalId: person
      description: 'doctor tells how much waits on each queue.'
    }
  }
]

resource operatorSendsHints 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for person in operators: {
    name: guid(account.id, person, roles.storageQueueDataMessageSender)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataMessageSender)
      principalId: person
      description: 'A redrive hints at its parcels, and an approved import at itself; messages of others cannot be taken.'
    }
  }
]

resource operatorReadsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for person in operators: {
    name: guid(vault.id, person, roles.keyVaultSecretsUser)
    scope: vault
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
      principalId: person
      description: 'Commands reach the store by its secret, and doctor asks vendors whether their keys are right.'
    }
  }
]

resource operatorUnwrapsKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for person in operators: {
    name: guid(masterKey.id, person, roles.keyVaultCryptoServiceEncryptionUser)
    scope: masterKey
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultCryptoServiceEncryptionUser)
      principalId: person
      description: 'find by address and erase work on sealed rows.'
    }
  }
]

resource officerFillsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for person in secretsOfficers: {
    name: guid(vault.id, person, roles.keyVaultSecretsOfficer)
    scope: vault
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
      principalId: person
      description: 'Somebody has to put the values in; no key can be used or changed by it.'
    }
  }
]

var here = resourceGroup().id

// there is no role of Azure's own that writes and does not read
resource fileDropper 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(fileDroppers)) {
  name: guid(here, 'file-dropper')
  properties: {
    roleName: '${name} file dropper'
    description: 'Writes files into feeds, and reads nothing'
    type: 'CustomRole'
    assignableScopes: [here]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: [
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'
        ]
        notDataActions: []
      }
    ]
  }
}

resource dropperWritesFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for person in fileDroppers: {
    name: guid(files.id, person, 'file-dropper')
    scope: files
    properties: {
      roleDefinitionId: fileDropper.id
      principalId: person
      description: 'Whoever delivers files writes into incoming and check of any feed.'
      conditionVersion: '2.0'
      condition: '''
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})
AND !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'}))
OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path] StringLike '*/incoming/*'
OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path] StringLike '*/check/*'))
'''
    }
  }
]
