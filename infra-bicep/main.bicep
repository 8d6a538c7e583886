// One installation of Beckon, whole, in a resource group of its own. What each part becomes on AWS
// bears the same name in infra-cdk. docs/deploy-azure.md is the guide.
targetScope = 'resourceGroup'

@description('Optional. What the installation is for: it decides sizes, and how long things are kept. prod keeps its data when the rest is removed.')
@allowed(['dev', 'qa', 'prod'])
param profile string = 'dev'

@description('Optional. Tells installations of one subscription apart: lower-case letters, digits and dashes, beginning with a letter.')
@minLength(1)
@maxLength(20)
param prefix string = 'beckon'

@description('Optional. The region where recipients\' data may lie.')
@minLength(2)
@maxLength(40)
param location string = resourceGroup().location

@description('Optional. Your own https address of the HTTP door; empty for the app\'s own. Set it before the first mail: links that are out keep theirs.')
@maxLength(200)
param publicUrl string = ''

@description('Optional. Who is told of alarms; empty for nobody yet.')
@maxLength(254)
param alarmEmail string = ''

@description('Optional. Instances that are always up, for the HTTP door and for the priority lane each. They cost while they idle.')
@minValue(0)
@maxValue(20)
param alwaysReady int = 0

@description('Optional. How many instances the app may have in all; their product with the driver\'s pool is what the store has to bear in connections.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Optional. MB of memory of an instance: 2,048 come with one processor, 4,096 with two.')
@allowed([2048, 4096])
param instanceMemory int = 2048

@description('Optional. private puts the app in a network of its own, and storage and secrets behind private endpoints.')
@allowed(['public', 'private'])
param network string = 'public'

@description('Conditional. Addresses of the private network; two subnets are cut from it. At least a /24.')
@minLength(9)
@maxLength(18)
param addressSpace string = '10.20.0.0/22'

@description('Optional. With network=private: addresses of people and systems that may still reach storage and secrets from outside, such as 203.0.113.7.')
@maxLength(50)
param allowedAddresses array = []

@description('Optional. With network=private: resource id of the cluster\'s private link service, as Atlas gives it.')
@maxLength(300)
param atlasPrivateLinkService string = ''

@description('Optional. Where the connection string is: secret://name, or a string without a password.')
@minLength(10)
@maxLength(500)
param mongoUri string = 'secret://mongo-uri'

@description('Optional. Key references of the keys of recipient hashes, while they change: k2=secret://new,k1=secret://beckon-hash-key.')
@minLength(10)
@maxLength(300)
param hashKey string = 'secret://beckon-hash-key'

@description('Optional. Keys that wrapped day keys before the installation\'s own, such as m1=secret://old; empty for none.')
@maxLength(500)
param oldMasterKeys string = ''

@description('Optional. Origins whose pages may call the API from a browser, such as https://console.example, with commas; empty for none.')
@maxLength(1000)
param corsOrigins string = ''

@description('Optional. Address of an OpenID Connect issuer whose tokens the API takes beside its keys; empty for none.')
@maxLength(300)
param oidcIssuer string = ''

@description('Optional. What those tokens must be made for: their claim aud.')
@minLength(1)
@maxLength(200)
param oidcAudience string = 'beckon'

@description('Optional. OTLP address of a collector for traces; empty for none.')
@maxLength(200)
param otlpEndpoint string = ''

@description('Optional. Name of an S3 bucket that files are dropped in; empty for the installation\'s own container.')
@maxLength(63)
param s3Bucket string = ''

@description('Conditional. With s3Bucket: its region, such as eu-central-1.')
@maxLength(25)
param s3Region string = ''

@description('Conditional. With s3Bucket: ARN of the SNS topic that tells of its files.')
@maxLength(300)
param snsTopicArn string = ''

@description('Optional. Object ids (Entra ID) of users, groups or applications that run ./beckon.')
@maxLength(20)
param operators array = []

@description('Optional. Object ids of those who fill and change secrets.')
@maxLength(20)
param secretsOfficers array = []

@description('Optional. Object ids of those who deliver files: they write into feeds and read nothing.')
@maxLength(20)
param fileDroppers array = []

@description('Optional. Takes a vault of the same name back that was deleted and is still kept. Needed when an installation is deployed again after its removal.')
param recoverVault bool = false

@description('Optional. Tags of everything that is made, beside our own.')
param tags object = {}

var name = '${prefix}-${profile}'
// storage accounts and vaults are named worldwide, in 24 characters
var globalName = '${take(replace(prefix, '-', ''), 7)}${profile}${uniqueString(resourceGroup().id)}'
var appName = '${name}-${uniqueString(resourceGroup().id)}'
var url = empty(publicUrl) ? 'https://${appName}.azurewebsites.net' : publicUrl
var fromS3 = !empty(s3Bucket)
var isPrivate = network == 'private'

var sizes = {
  dev: { logDays: 30, keepFiles: 7, keepVersions: 1, logLevel: 'INFO', vaultDays: 7, redundancy: 'Standard_LRS' }
  qa: { logDays: 30, keepFiles: 30, keepVersions: 7, logLevel: 'INFO', vaultDays: 7, redundancy: 'Standard_LRS' }
  prod: { logDays: 365, keepFiles: 90, keepVersions: 14, logLevel: 'WARN', vaultDays: 90, redundancy: 'Standard_ZRS' }
}
var size = sizes[profile]

var ours = union(tags, { 'beckon-installation': name })
// ./beckon destroy azure leaves what bears this tag, unless it is told to take the data as well
var kept = union(ours, { 'beckon-keep': 'data' })

var filesContainer = 'beckon-files'
var undeliveredContainer = 'beckon-undelivered'
var packagesContainer = 'beckon-packages'
// names of azure-handlers' QueueNames
var lanes = ['beckon-files', 'beckon-chunks', 'beckon-priority', 'beckon-bulk']

module networkModule 'modules/network.bicep' = if (isPrivate) {
  name: 'network'
  params: {
    name: name
    location: location
    tags: ours
    addressSpace: addressSpace
  }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  // kept: database users and grants of others may name it
  tags: kept
}

module observability 'modules/observability.bicep' = {
  name: 'observability'
  params: {
    name: name
    location: location
    tags: ours
    keptTags: kept
    logDays: size.logDays
    alarmEmail: alarmEmail
  }
}

module fileDropBucket 'modules/file-drop-bucket.bicep' = {
  name: 'file-drop-bucket'
  params: {
    accountName: globalName
    location: location
    tags: kept
    redundancy: size.redundancy
    filesContainer: filesContainer
    undeliveredContainer: undeliveredContainer
    packagesContainer: packagesContainer
    keepFiles: size.keepFiles
    keepVersions: size.keepVersions
    isPrivate: isPrivate
    allowedAddresses: allowedAddresses
    workspaceId: observability.outputs.workspaceId
  }
}

module dispatchLane 'modules/dispatch-lane.bicep' = [
  for lane in lanes: {
    name: 'lane-${lane}'
    params: {
      accountName: fileDropBucket.outputs.accountName
      queue: lane
    }
  }
]

module installationSecrets 'modules/installation-secrets.bicep' = {
  name: 'installation-secrets'
  params: {
    vaultName: globalName
    location: location
    tags: kept
    keepDays: size.vaultDays
    isPrivate: isPrivate
    allowedAddresses: allowedAddresses
    recover: recoverVault
    workspaceId: observability.outputs.workspaceId
  }
}

module keys 'modules/keys.bicep' = {
  name: 'keys'
  params: {
    vaultName: installationSecrets.outputs.vaultName
  }
}

module atlasConnection 'modules/atlas-connection.bicep' = if (isPrivate && !empty(atlasPrivateLinkService)) {
  name: 'atlas-connection'
  params: {
    name: name
    location: location
    tags: ours
    subnetId: isPrivate ? networkModule!.outputs.endpointSubnetId : ''
    privateLinkService: atlasPrivateLinkService
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (isPrivate) {
  name: 'private-endpoints'
  params: {
    name: name
    location: location
    tags: ours
    virtualNetworkId: isPrivate ? networkModule!.outputs.virtualNetworkId : ''
    subnetId: isPrivate ? networkModule!.outputs.endpointSubnetId : ''
    accountId: fileDropBucket.outputs.accountId
    vaultId: installationSecrets.outputs.vaultId
  }
}

module permissions 'modules/permissions.bicep' = {
  name: 'permissions'
  params: {
    principalId: identity.properties.principalId
    accountName: fileDropBucket.outputs.accountName
    vaultName: installationSecrets.outputs.vaultName
    keyName: keys.outputs.keyName
    insightsName: observability.outputs.insightsName
  }
}

module peoplePolicies 'modules/people-policies.bicep' = {
  name: 'people-policies'
  params: {
    name: name
    accountName: fileDropBucket.outputs.accountName
    filesContainer: filesContainer
    vaultName: installationSecrets.outputs.vaultName
    keyName: keys.outputs.keyName
    operators: operators
    secretsOfficers: secretsOfficers
    fileDroppers: fileDroppers
  }
}

module fileEvents 'modules/file-events.bicep' = if (!fromS3) {
  name: 'file-events'
  params: {
    name: name
    location: location
    tags: ours
    accountName: fileDropBucket.outputs.accountName
    filesContainer: filesContainer
    undeliveredContainer: undeliveredContainer
    queue: lanes[0]
  }
  dependsOn: [dispatchLane]
}

var blobs = fileDropBucket.outputs.blobEndpoint
var queues = fileDropBucket.outputs.queueEndpoint
var vault = installationSecrets.outputs.vaultUri

// every key of ConfigKey that a deployment sets
var settings = {
  BECKON_MONGO_URI: mongoUri
  BECKON_DATABASE: name
  BECKON_BUCKET: fromS3 ? 's3://${s3Bucket}?region=${s3Region}' : '${blobs}${filesContainer}'
  BECKON_FILES_QUEUE: '${queues}${lanes[0]}'
  BECKON_CHUNK_QUEUE: '${queues}${lanes[1]}'
  BECKON_PRIORITY_QUEUE: '${queues}${lanes[2]}'
  BECKON_BULK_QUEUE: '${queues}${lanes[3]}'
  BECKON_PUBLIC_URL: url
  BECKON_MASTER_KEY: 'kv1=keyvault:${vault}keys/${keys.outputs.keyName}${empty(oldMasterKeys) ? '' : ',${oldMasterKeys}'}'
  BECKON_HASH_KEY: hashKey
  BECKON_SECRETS: 'keyvault:${vault}'
  BECKON_INSTALLATION: name
  BECKON_LOG_LEVEL: size.logLevel
  BECKON_METRICS: 'log'
  BECKON_OTLP_ENDPOINT: otlpEndpoint
  BECKON_CORS_ORIGINS: corsOrigins
  BECKON_OIDC_ISSUER: oidcIssuer
  BECKON_OIDC_AUDIENCE: oidcAudience
  BECKON_ACCOUNT_CACHE: 'PT30S'
  BECKON_SNS_TOPIC: fromS3 ? snsTopicArn : ''
  BECKON_S3_CREDENTIALS: fromS3 ? 'secret://s3-credentials' : ''
}
// an operator's own machine has neither metrics nor a collector
var atHome = union(settings, { BECKON_METRICS: 'none', BECKON_OTLP_ENDPOINT: '' })

module functionApp 'modules/function-app.bicep' = {
  name: 'function-app'
  params: {
    name: name
    appName: appName
    location: location
    tags: ours
    identityId: identity.id
    clientId: identity.properties.clientId
    blobEndpoint: blobs
    queueEndpoint: queues
    tableEndpoint: fileDropBucket.outputs.tableEndpoint
    packagesContainer: packagesContainer
    insightsConnection: observability.outputs.insightsConnection
    settings: settings
    alwaysReady: alwaysReady
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    subnetId: isPrivate ? networkModule!.outputs.functionSubnetId : ''
  }
  // its host reads its storage when it starts
  dependsOn: [permissions, dispatchLane]
}

module operationsDashboard 'modules/operations-dashboard.bicep' = {
  name: 'operations-dashboard'
  params: {
    name: name
    location: location
    tags: ours
    insightsId: observability.outputs.insightsId
  }
}

@description('The function app: func azure functionapp publish takes this name.')
output functionApp string = functionApp.outputs.appName

@description('Files go to <feed>/incoming/ in it.')
output bucket string = settings.BECKON_BUCKET

@description('Where secrets are put: az keyvault secret set --vault-name …')
output vault string = installationSecrets.outputs.vaultName

@description('Unsubscribe links begin with it.')
output publicUrl string = url

@description('The API, to be read.')
output api string = '${url}/docs'

@description('Where a domain of your own has to lead.')
output httpEndpoint string = 'https://${functionApp.outputs.hostName}'

@description('The app\'s identity, for whoever grants it something more.')
output identity string = identity.id

@description('Where SNS delivers events of the S3 bucket; empty where files lie in Azure.')
output snsEndpoint string = fromS3 ? '${url}/events/sns' : ''

@description('The address the app calls from, to be let in at the cluster; empty without a network of its own.')
output outboundAddress string = isPrivate ? networkModule!.outputs.outboundAddress : ''

@description('Id of the endpoint in the network, to be entered at the cluster; empty where there is none.')
output privateEndpoint string = isPrivate && !empty(atlasPrivateLinkService) ? atlasConnection!.outputs.endpointId : ''

@description('What ./beckon deploy azure writes to .beckon/PREFIX-PROFILE.env.')
output operatorEnvironment string = join(map(items(atHome), setting => '${setting.key}=${setting.value}'), '\n')
