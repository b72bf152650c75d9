// Comfort only: every page works without this file. Nothing is ever submitted from here.

// 1. One submit per press. POST forms only; opt out with <form data-repeat> (a download answers without leaving the page).
const held = new Map();
const release = () => {
  for (const [form, button] of held) {
    form.removeAttribute("aria-busy");
    if (button) button.disabled = false;
  }
  held.clear();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const method = button?.getAttribute("formmethod") || form.getAttribute("method") || "get";
  if (event.defaultPrevented || method.toLowerCase() !== "post" || "repeat" in form.dataset) return;
  if (held.has(form)) return event.preventDefault();
  held.set(form, button);
  form.setAttribute("aria-busy", "true");
  // After the form data is collected, so that the button's own name and value are sent.
  if (button) setTimeout(() => { if (held.has(form)) button.disabled = true; });
});
addEventListener("pageshow", release);

// 2. Bring the reader to the outcome: the errors first, else the result. A #fragment in the address wins.
const outcome = document.querySelector(".error-summary") || (!location.hash && document.querySelector("[data-focus]"));
if (outcome) {
  if (!outcome.hasAttribute("tabindex")) outcome.tabIndex = -1;
  outcome.focus();
}
