// What operators look at: the figures of the work itself, as a workbook.

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

@description('Required. Resource id of the Application Insights.')
@minLength(20)
@maxLength(400)
param insightsId string

// lines of figures: a number where the app counts, a list where it measures
var figures = 'traces | where message startswith \'{"metrics":"Beckon"\' | extend line = parse_json(message)'

var charts = [
  { title: 'Sent, failed, deferred, in doubt, dead', metrics: ['Sent', 'Failed', 'Deferred', 'InDoubt', 'Dead'], how: 'sum' }
  { title: 'Rows accepted and refused', metrics: ['Accepted', 'Refused', 'ImportRows'], how: 'sum' }
  { title: 'Time a vendor takes, milliseconds', metrics: ['VendorLatency'], how: 'avg' }
  { title: 'Age of the oldest parcel, and of parcels begun, seconds', metrics: ['OldestParcelAge', 'ParcelAge'], how: 'max' }
  { title: 'Imports that came to a stop', metrics: ['ImportStuck'], how: 'max' }
  { title: 'HTTP door: requests and errors', metrics: ['ApiRequests', 'Api4xx', 'Api5xx'], how: 'sum' }
  { title: 'HTTP door: time to answer, milliseconds', metrics: ['ApiLatency'], how: 'avg' }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'operations')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: '${name} operations'
    category: 'workbook'
    sourceId: insightsId
    version: 'Notebook/1.0'
    serializedData: string({
      version: 'Notebook/1.0'
      items: map(charts, chart => {
        type: 3
        name: chart.title
        content: {
          version: 'KqlItem/1.0'
          title: chart.title
          query: '${figures} | mv-expand metric = dynamic(${string(chart.metrics)}) to typeof(string) | mv-expand value = line[metric] to typeof(double) | summarize ${chart.how}(value) by metric, bin(timestamp, 5m)'
          queryType: 0
          resourceType: 'microsoft.insights/components'
          visualization: 'timechart'
          timeContext: { durationMs: 86400000 }
        }
      })
    })
  }
}
