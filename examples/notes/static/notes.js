"use strict";

const themes = ["auto", "light", "dark"];
const root = document.documentElement;
const button = document.querySelector("#theme");

function label() {
  button.textContent = `Colours: ${root.dataset.theme || "auto"}`;
}

button.addEventListener("click", () => {
  root.dataset.theme = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
  localStorage.setItem("theme", root.dataset.theme);
  label();
});
label();

for (const time of document.querySelectorAll("time")) {
  const written = new Date(time.dateTime.replace(" ", "T"));
  if (!Number.isNaN(written.valueOf())) {
    time.textContent = written.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  }
}

for (const area of document.querySelectorAll("textarea[maxlength]")) {
  const output = area.form.querySelector("output");
  const count = () => { output.textContent = `${area.maxLength - area.value.length} characters left.`; };
  area.addEventListener("input", count);
  count();
}
