// Types of the operations that the repository shows: examples, the record page, and those of operations/.
import type { CodegenConfig } from '@graphql-codegen/cli'

const text = { input: 'string', output: 'string' }

const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: ['operations/*.graphql', '../docs/page/*.graphql'],
  generates: {
    'generated/': {
      preset: 'client',
      config: {
        strictScalars: true,
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: {
          ...Object.fromEntries(
            [
              ...['Bic', 'CurrencyCode', 'Date', 'DateTime', 'Decimal', 'Email', 'Iban', 'LongText', 'Money'],
              ...['Percent', 'Phone', 'Siren', 'Siret', 'URL', 'UnitPrice', 'VatNumber'],
            ].map((name) => [name, text]),
          ),
          JSON: 'unknown',
        },
      },
    },
  },
}

export default config
