// Compiles schemas in Ajv's strict mode and checks documents with them. Both come on standard input, as
// {"schemas": {name: schema}, "documents": [[name, document], ...]}. The answer names what is wrong with schemas,
// and for each document the fields that are refused: {"errors": {name: message}, "wrong": [[field, ...], ...]}.
const { readFileSync } = require("node:fs");
const Ajv2020 = require("ajv/dist/2020");

const { schemas, documents } = JSON.parse(readFileSync(0, "utf8"));
const validators = {};
const errors = {};
for (const [name, schema] of Object.entries(schemas)) {
  try {
    validators[name] = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  } catch (error) {
    errors[name] = error.message;
  }
}

function refused([name, document]) {
  const validate = validators[name];
  if (validate === undefined || validate(document)) return [];
  // A path is escaped as in JSON Pointer.
  const fields = validate.errors.map(({ instancePath }) => instancePath.split("/")[1] ?? "");
  return [...new Set(fields)].map((field) => field.replaceAll("~1", "/").replaceAll("~0", "~")).filter(Boolean);
}

process.stdout.write(JSON.stringify({ errors, wrong: documents.map(refused) }));
