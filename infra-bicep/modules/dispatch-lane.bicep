// A queue of hints, and the queue beside it of messages that were received too often without success.

@description('Required. The storage account.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Required. Name of the queue.')
@minLength(3)
@maxLength(56)
param queue string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' existing = {
  parent: account
  name: 'default'
}

resource work 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = {
  parent: queueService
  name: queue
}

// the Functions host would make it with the first message; made here, doctor can look at it
resource poison 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = {
  parent: queueService
  name: '${queue}-poison'
}
