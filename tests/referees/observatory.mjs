// MDN's HTTP Observatory on recorded answers. Its own scanner fetches "/" by name and refuses 4xx and 5xx; here its
// tests and its scoring run on each answer that is handed in.
//
// Standard input: [{"answer": A, "http": A, "cors": A}] with A = {"url", "status", "headers": [[name, value]], "body"};
// "http" is what the same address answers without TLS, "cors" a preflight from another origin.
import { existsSync, writeFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const packages = new URL("../npm/node_modules/", import.meta.url);
const observatory = new URL("@mdn/mdn-http-observatory/", packages);
// Fetched by the package's install script, which does not run here: no host counts as preloaded.
const preloaded = new URL("conf/hsts-preload.json", observatory);
if (!existsSync(preloaded)) writeFileSync(preloaded, "{}");

const require = createRequire(packages);
const { CookieJar } = require("tough-cookie");
const { AxiosHeaders } = require("axios");
const { ALL_TESTS } = await import(new URL("src/constants.js", observatory));
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import(new URL("src/grader/charts.js", observatory));
const { getScoreModifier } = await import(new URL("src/grader/grader.js", observatory));
const { parseHttpEquivHeaders } = await import(new URL("src/retriever/utils.js", observatory));
const { HTML_TYPES, Requests } = await import(new URL("src/types.js", observatory));

function response(answer) {
  const headers = {};
  for (const [name, value] of answer.headers) (headers[name.toLowerCase()] ??= []).push(value);
  const kind = headers["content-type"]?.[0].split(";")[0];
  const isPage = HTML_TYPES.has(kind) && answer.body;
  for (const [name, values] of Object.entries(headers)) if (name !== "set-cookie") headers[name] = values.join(", ");
  return {
    status: answer.status,
    headers: new AxiosHeaders(headers),
    data: answer.body,
    verified: true,
    request: { headers: answer.sent ?? {} },
    httpEquiv: isPage ? parseHttpEquivHeaders(answer.body, answer.url) : new Map(),
  };
}

function judge({ answer, http, cors }) {
  const url = new URL(answer.url);
  const requests = new Requests(url.hostname);
  const jar = new CookieJar();
  for (const [name, value] of answer.headers) {
    if (name.toLowerCase() === "set-cookie") jar.setCookieSync(value, answer.url, { ignoreError: true });
  }
  requests.session = { jar, url };
  requests.resources.path = answer.body;
  requests.responses.auto = requests.responses.https = response(answer);
  requests.responses.cors = response(cors);
  requests.responses.http = response(http);
  const location = http.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
  requests.responses.httpRedirects = [{ url: new URL(http.url), status: http.status }];
  if (location) {
    requests.responses.httpRedirects.push({ url: new URL(location, http.url), status: answer.status });
  }
  const results = ALL_TESTS.map((test) => test(requests));
  const modifiers = results.map((result) => getScoreModifier(result.result));
  const uncurved = 100 + modifiers.filter((one) => one < 0).reduce((a, b) => a + b, 0);
  const whole = 100 + modifiers.reduce((a, b) => a + b, 0);
  return {
    score: Math.max(0, uncurved >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? whole : uncurved),
    tests: Object.fromEntries(
      results.map((result, at) => [
        result.constructor.name,
        { pass: result.pass, result: result.result, modifier: modifiers[at] },
      ]),
    ),
  };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(judge)));
