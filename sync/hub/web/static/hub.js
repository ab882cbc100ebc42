// Fetches what changes, and says so when it can't. Without this file the page refreshes as a whole.
"use strict";
(() => {
  const EVERY_MS = 3000;
  const OLD_MS = 12000;
  let part = document.querySelector("[data-part]");
  if (!part) return;
  let lastGood = Date.now();

  async function refresh() {
    try {
      const answer = await fetch(part.dataset.part, { redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect") {
        location.assign("/hub/sign-in");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part]");
      if (!made) throw new Error("no part");
      part.replaceWith(made);
      part = made;
      lastGood = Date.now();
    } catch {
      // the timer below says what that means
    }
    setTimeout(refresh, EVERY_MS);
  }

  setInterval(() => part.classList.toggle("old", Date.now() - lastGood > OLD_MS), 500);
  setTimeout(refresh, EVERY_MS);
})();
