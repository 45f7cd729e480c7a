// What works without this script: everything but the filters, the remark on a report's age, and opening for print.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const findings = [...document.querySelectorAll(".finding")];
  const texts = new Map(findings.map((one) => [one, one.textContent.toLowerCase()]));
  const value = (id) => document.getElementById(id).value.toLowerCase().trim();

  const apply = () => {
    const [severity, chapter, words] = ["filter-severity", "filter-chapter", "filter-text"].map(value);
    let shown = 0;
    for (const one of findings) {
      one.hidden =
        (severity !== "" && one.dataset.severity !== severity) ||
        (chapter !== "" && one.dataset.chapter !== chapter) ||
        !texts.get(one).includes(words);
      shown += one.hidden ? 0 : 1;
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = group.querySelector(".finding:not([hidden])") === null;
    }
    document.getElementById("filter-count").textContent = `${shown} of ${findings.length} shown`;
  };
  if (form !== null) {
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();

  const old = document.getElementById("old");
  if (old !== null) {
    const days = Math.floor((Date.now() - Date.parse(old.dataset.made)) / 86400000);
    if (days > Number(old.dataset.days)) {
      old.textContent = `This report is ${days} days old. Run it again before you rely on it.`;
      old.hidden = false;
    }
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
  });
})();
