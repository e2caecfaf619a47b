// One call with the generated TypeScript types: the same as call.py.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

declare const process: { argv: string[] };
const [baseUrl, token] = process.argv.slice(2);
// Lists answer as tables too; this client asks for JSON.
const client = createClient<paths, "application/json">({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
const declared = await client.POST("/api/v1/units/{unit}/headcount", {
  params: { path: { unit: "330225001" } },
  body: { headcount: 41 },
});
if (declared.data?.stream !== "unit-330225001") throw new Error(JSON.stringify(declared));
const found = await client.GET("/api/v1/quota", { params: { query: { limit: 3 } } });
if (found.data?.items.length !== 3) throw new Error(JSON.stringify(found));
