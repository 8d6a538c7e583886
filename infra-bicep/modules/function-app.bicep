// The function app: one for all entry points. Flex Consumption runs each queue's function, and the
// timer's, on instances of its own, and those of HTTP together on others.

@description('Required. Name of the installation.')
@minLength(3)
@maxLength(25)
param name string

@description('Required. Name of the app, worldwide its own.')
@minLength(3)
@maxLength(60)
param appName string

@description('Required. The region.')
@minLength(2)
@maxLength(40)
param location string

@description('Required. Tags.')
param tags object

@description('Required. Resource id of the app\'s identity.')
@minLength(20)
@maxLength(400)
param identityId string

@description('Required. Client id of the app\'s identity.')
@minLength(36)
@maxLength(36)
param clientId string

@description('Required. Address of the account\'s blobs.')
@minLength(10)
@maxLength(200)
param blobEndpoint string

@description('Required. Address of the account\'s queues.')
@minLength(10)
@maxLength(200)
param queueEndpoint string

@description('Required. Address of the account\'s tables.')
@minLength(10)
@maxLength(200)
param tableEndpoint string

@description('Required. The container of the app\'s packages.')
@minLength(3)
@maxLength(63)
param packagesContainer string

@description('Required. Where telemetry goes. Not a secret: the identity is what is checked.')
@minLength(20)
@maxLength(500)
param insightsConnection string

@description('Required. Everything the app is told under our own names.')
param settings object

@description('Required. Instances that are always up, for the HTTP door and for the priority lane each.')
@minValue(0)
@maxValue(20)
param alwaysReady int

@description('Required. How many instances there may be.')
@minValue(40)
@maxValue(1000)
param maximumInstances int

@description('Required. MB of memory of an instance.')
@allowed([2048, 4096])
param instanceMemory int

@description('Required. Resource id of the subnet of the app; empty for none.')
@maxLength(400)
param subnetId string

var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
  // the host sends the lines of the functions; with the agent it would not
  APPLICATIONINSIGHTS_ENABLE_AGENT: 'false'
  // which identity the libraries of Azure take
  AZURE_CLIENT_ID: clientId
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: appName
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      // no cors: the platform's own would answer preflights in the API's place
      minTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${packagesContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'java', version: '21' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemory
        alwaysReady: alwaysReady == 0
          ? []
          : [
              { name: 'http', instanceCount: alwaysReady }
              { name: 'function:dispatch-priority', instanceCount: alwaysReady }
            ]
        triggers: { http: { perInstanceConcurrency: 16 } }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, settings)
  }

  // packages are put in by an identity that may, not by a name and a password
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

@description('Name of the app, once it is there.')
output appName string = app.name

@description('The name its HTTP door has.')
output hostName string = app.properties.defaultHostName
