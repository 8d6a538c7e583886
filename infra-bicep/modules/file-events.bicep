// Tells the files queue of files that were dropped: BlobCreated of the feeds' folders alone. Moved
// files tell nobody, and files nobody told of are found by Sweep.

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

@description('Required. The storage account.')
@minLength(3)
@maxLength(24)
param accountName string

@description('Required. The container that files are dropped in.')
@minLength(3)
@maxLength(63)
param filesContainer string

@description('Required. The container of events that could not be delivered.')
@minLength(3)
@maxLength(63)
param undeliveredContainer string

@description('Required. The queue that is told.')
@minLength(3)
@maxLength(63)
param queue string

var roles = {
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' existing = {
  parent: account
  name: 'default'
}

resource files 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' existing = {
  parent: queueService
  name: queue
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' existing = {
  parent: account
  name: 'default'
}

resource undelivered 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = {
  parent: blobService
  name: undeliveredContainer
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  // the system's own identity: a user-assigned one does not pass a storage firewall
  identity: { type: 'SystemAssigned' }
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

resource topicSendsFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(files.id, topic.id, roles.storageQueueDataMessageSender)
  scope: files
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataMessageSender)
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    description: 'Event Grid puts its events on the files queue, and nothing elsewhere.'
  }
}

resource topicKeepsUndelivered 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(undelivered.id, topic.id, roles.storageBlobDataContributor)
  scope: undelivered
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    description: 'Event Grid keeps events that it could not deliver in a container of their own.'
  }
}

resource dropped 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'dropped'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${filesContainer}/blobs/'
      isSubjectCaseSensitive: true
      advancedFilters: [
        {
          operatorType: 'StringContains'
          key: 'subject'
          values: ['/incoming/', '/check/']
        }
      ]
    }
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: account.id
          queueName: files.name
          // hints do not grow old
          queueMessageTimeToLiveInSeconds: -1
        }
      }
    }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: account.id
          blobContainerName: undelivered.name
        }
      }
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
  // both are tried when the subscription is made
  dependsOn: [topicSendsFiles, topicKeepsUndelivered]
}
