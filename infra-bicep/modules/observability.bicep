// Logs and figures, the alarms on them, and whom they tell.

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

@description('Required. Tags of what stays when the rest is removed.')
param keptTags object

@description('Required. Days that logs are kept.')
@allowed([30, 60, 90, 180, 365])
param logDays int

@description('Required. Who is told of alarms; empty for nobody.')
@maxLength(254)
param alarmEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: name
  location: location
  tags: keptTags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    // telemetry comes by the app's identity alone
    DisableLocalAuth: true
    // addresses of those who click are nobody's business
    DisableIpMasking: false
    RetentionInDays: logDays
  }
}

resource onDuty 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-alarms'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: take(replace(name, '-', ''), 12)
    emailReceivers: empty(alarmEmail)
      ? []
      : [
          {
            name: 'on-duty'
            emailAddress: alarmEmail
            useCommonAlertSchema: true
          }
        ]
  }
}

var alarms = [
  {
    label: 'dead-letters'
    query: loadTextContent('queries/dead-letters.kql')
    aggregation: 'Total'
    threshold: 1
    periods: 1
    meaning: 'A message was received ten times without success. ./beckon doctor tells what waits, the log of the function what became of it.'
  }
  {
    label: 'errors'
    query: loadTextContent('queries/errors.kql')
    aggregation: 'Total'
    threshold: 1
    periods: 3
    meaning: 'Calls have failed for 15 min. The log of the function tells why.'
  }
  {
    label: 'oldest-parcel'
    query: loadTextContent('queries/oldest-parcel.kql')
    aggregation: 'Maximum'
    threshold: 3600
    periods: 3
    meaning: 'A parcel has been due for an hour. Look at the errors of the functions, then at the store.'
  }
  {
    label: 'import-stuck'
    query: loadTextContent('queries/import-stuck.kql')
    aggregation: 'Maximum'
    threshold: 1
    periods: 2
    meaning: 'An import came to a stop. ./beckon imports list'
  }
  {
    label: 'in-doubt'
    query: loadTextContent('queries/in-doubt.kql')
    aggregation: 'Total'
    threshold: 1
    periods: 1
    meaning: 'Requests were written and not answered. ./beckon find --state in_doubt'
  }
  {
    label: 'dead'
    query: loadTextContent('queries/dead.kql')
    aggregation: 'Total'
    threshold: 1
    periods: 1
    meaning: 'Invitations used up their attempts. ./beckon find --state dead'
  }
  {
    label: 'api-5xx'
    query: loadTextContent('queries/api-5xx.kql')
    aggregation: 'Total'
    threshold: 5
    periods: 2
    meaning: 'The HTTP door fails.'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alarm in alarms: {
    name: '${name}-${alarm.label}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${name}-${alarm.label}'
      description: alarm.meaning
      enabled: true
      severity: 2
      autoMitigate: true
      scopes: [workspace.id]
      evaluationFrequency: 'PT5M'
      // a line may come some minutes late; what has to last is looked at in pieces of its own
      windowSize: alarm.periods == 1 ? 'PT15M' : 'PT5M'
      // tables are there only once the first line has come
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alarm.query
            // a window may lie across two of the query's bins: what is counted is added up
            timeAggregation: alarm.aggregation
            metricMeasureColumn: 'Value'
            operator: 'GreaterThanOrEqual'
            threshold: alarm.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: alarm.periods
              minFailingPeriodsToAlert: alarm.periods
            }
          }
        ]
      }
      actions: { actionGroups: [onDuty.id] }
    }
  }
]

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Name of the Application Insights.')
output insightsName string = insights.name

@description('Resource id of the Application Insights.')
output insightsId string = insights.id

@description('Where telemetry goes.')
output insightsConnection string = insights.properties.ConnectionString
