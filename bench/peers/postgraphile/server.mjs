// PostGraphile over the tables of Fiches, as its documentation advises for production: NODE_ENV and
// GRAPHILE_ENV say so, no GraphiQL, no watching, no explaining, prepared statements.
//
// DATABASE_URL and PORT come from the environment. The database has the rules of access: row-level
// security on the role that the address names.

import { createServer } from "node:http";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { jsonPgSmartTags } from "postgraphile/utils";
import { postgraphile } from "postgraphile";
import { clustered } from "../clustered.mjs";

// What the tables do not say: comments lie on the register of all records, and are read in the
// order of an index that begins with the record.
const tags = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      comment: {
        tags: {
          foreignKey: "(record_id) references customer_account (id)|@foreignFieldName comments",
        },
        attribute: { created_at: { tags: { behavior: "+orderBy" } } },
      },
    },
  },
});

const preset = {
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  plugins: [tags],
  pgServices: [
    makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"], poolConfig: { max: 10 } }),
  ],
  grafast: { explain: false },
  grafserv: { graphiql: false, watch: false, websockets: false },
};

await clustered(async () => {
  const server = createServer();
  await postgraphile(preset).createServ(grafserv).addTo(server);
  server.listen(Number(process.env.PORT), "127.0.0.1");
});
