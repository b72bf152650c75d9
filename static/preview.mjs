// Beside the author's preview: waits until something is saved, then shows the page anew, where it was scrolled to.
// Without this file the preview works too, and is reloaded by hand.
const author = document.querySelector("[data-revision]");
const place = "preview " + location.pathname;

const say = (state) => {
  for (const words of author.querySelectorAll("[data-reload]")) words.hidden = words.dataset.reload !== state;
};

// Where somebody was before the page was shown anew.
const kept = sessionStorage.getItem(place);
sessionStorage.removeItem(place);
if (kept) {
  const { page, notes } = JSON.parse(kept);
  scrollTo({ top: page, behavior: "instant" });
  author.scrollTop = notes;
}

const renew = () => {
  sessionStorage.setItem(place, JSON.stringify({ page: scrollY, notes: author.scrollTop }));
  // Not reload(): the page may be the answer to a form, which is not sent again.
  location.replace(location.pathname + location.search);
};

const pause = (time) => new Promise((wake) => setTimeout(wake, time));

// Only the page that is looked at waits: a browser keeps few connections to one server.
const isSeen = () => document.visibilityState === "visible";
const seen = () => new Promise((wake) => {
  if (isSeen()) wake();
  else document.addEventListener("visibilitychange", wake, { once: true });
});

const ask = async () => {
  const stop = new AbortController();
  const hide = () => stop.abort();
  document.addEventListener("visibilitychange", hide, { once: true });
  try {
    const answer = await fetch("/changes?since=" + author.dataset.revision, { cache: "no-store", signal: stop.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).revision;
  } finally {
    document.removeEventListener("visibilitychange", hide);
  }
};

say("save");
for (let trouble = 0; ; ) {
  await seen();
  try {
    const revision = await ask();
    trouble = 0;
    say("save");
    if (String(revision) !== author.dataset.revision) {
      renew();
      break;
    }
  } catch {
    if (!isSeen()) continue;
    // The preview ended, or is about to begin again.
    trouble += 1;
    if (trouble > 1) say("ended");
    await pause(Math.min(500 * trouble, 5000));
  }
}
