document.querySelectorAll("form").forEach((form) => {
  form.addEventListener("submit", () => form.setAttribute("aria-busy", "true"));
});
