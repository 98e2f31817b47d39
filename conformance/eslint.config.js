// graphql-eslint's recommended rules over schema.graphql, and why some do not hold here.
import graphql from '@graphql-eslint/eslint-plugin'

const recommended = graphql.configs['flat/schema-recommended'].rules
const [level, naming] = recommended['@graphql-eslint/naming-convention']

export default [
  {
    files: ['schema.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...recommended,
      // The only directive is @oneOf, the specification's own, which its printer leaves undescribed.
      '@graphql-eslint/require-description': ['error', { types: true, rootField: true }],
      // AbsenceType and ActivityType are records of the trade: nature of absence, type of activity.
      '@graphql-eslint/naming-convention': [level, { ...naming, 'ObjectTypeDefinition,ObjectTypeExtension': {} }],
      // Terms of the trade begin with the thing they are of: the `supplierInvoiceNumber` of a supplier
      // invoice is the number that the supplier gave it, and `number` is ours.
      '@graphql-eslint/no-typename-prefix': 'off',
      // Ids are those of Relay's Node. Edges, payloads, totals and values have none, so that no cache
      // keeps them as things of their own; tests/test_schema.py checks those that there are.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
]
