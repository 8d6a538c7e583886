// The installation's key: it wraps the keys of accounts' days, and never leaves the vault.

@description('Required. The vault.')
@minLength(3)
@maxLength(24)
param vaultName string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource masterKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: 'beckon-master-key'
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    attributes: { enabled: true, exportable: false }
  }
}

@description('Name of the key.')
output keyName string = masterKey.name
