// Google's csp_evaluator on policies: a list of texts on standard input, for each its findings on standard output.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(new URL("../npm/", import.meta.url));
const { CspParser } = require("csp_evaluator/dist/parser.js");
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { Severity } = require("csp_evaluator/dist/finding.js");
const { Version } = require("csp_evaluator/dist/csp.js");

const judged = JSON.parse(readFileSync(0, "utf8")).map((policy) =>
  new CspEvaluator(new CspParser(policy).csp, Version.CSP3).evaluate().map((finding) => ({
    severity: Severity[finding.severity],
    directive: finding.directive,
    value: finding.value ?? null,
    words: finding.description,
  })),
);
console.log(JSON.stringify(judged));
