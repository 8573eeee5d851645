// What is nicer with a script: no reload, what is typed stays, what is new is read out. Without it everything works too.
"use strict";

const WARNING = 120; // seconds before the screen is emptied
let notice = document.getElementById("notice");
let sending = false;
let timers = [];

const part = (id, from = document) => from.getElementById(id);

function tell(text, button) {
  notice.hidden = !text;
  notice.textContent = text || "";
  if (!button) return;
  const press = document.createElement("button");
  press.className = "overstap-button";
  press.type = "button";
  press.textContent = button;
  press.addEventListener("click", () => send(part("type"), null, ""));
  notice.append(" ", press);
}

// ------------------------------------------------------------------ silence
function waitForSilence() {
  timers.forEach(clearTimeout);
  const seconds = Number(notice.dataset.idleSeconds);
  if (!part("talk") || document.querySelector("input[name=begins]")) return;
  timers = [
    setTimeout(() => tell(notice.dataset.idle, notice.dataset.here), (seconds - WARNING) * 1000),
    setTimeout(() => location.replace(notice.dataset.away), (seconds + 5) * 1000),
  ];
}

// ------------------------------------------------------------------ sending
async function send(form, submitter, typed) {
  if (sending) return;
  sending = true;
  document.body.setAttribute("aria-busy", "true");
  const fields = new URLSearchParams(new FormData(form, submitter));
  const has = document.querySelector("#talk > [data-line]:last-child")?.dataset.line || "0";
  const pending = typed ? show(typed) : null;
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Talk": has }, redirect: "follow" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (pending) pending.remove();
    if (!answer.ok) return tell(part("notice", page)?.innerText.trim() || notice.dataset.lost);
    tell("");
    if (!part("talk", page)) return replaceAll(page);
    const text = part("text");
    if (typed && text.value.trim() === typed) text.value = "";
    take(page, submitter && submitter.name === "press");
  } catch {
    if (pending) pending.remove();
    tell(notice.dataset.lost);
  } finally {
    sending = false;
    document.body.removeAttribute("aria-busy");
    waitForSilence();
  }
}

function show(text) {
  const line = document.createElement("li");
  line.className = "overstap-chat__yours overstap-chat__pending";
  line.textContent = text;
  part("talk").append(line);
  line.scrollIntoView({ block: "nearest" });
  return line;
}

// Only what is new joins the list, so that only that is read out.
function take(page, pressed) {
  const talk = part("talk");
  const known = new Set([...document.querySelectorAll("[data-line]")].map((line) => line.dataset.line));
  const began = !!document.querySelector("input[name=begins]");
  if (began) talk.replaceChildren();
  const fresh = [...page.querySelectorAll("#talk > [data-line]")].filter((line) => began || !known.has(line.dataset.line));
  part("newest")?.removeAttribute("id");
  for (const line of fresh) {
    line.removeAttribute("autofocus");
    talk.append(document.adoptNode(line));
  }
  // What comes after a turn is the new lines, what can be pressed, and a hint; the whole page when more of it changed.
  for (const id of ["press", "beside", "languages", "text-hint"]) {
    const now = part(id, page), then = part(id);
    if (now && then) then.replaceWith(document.adoptNode(now));
  }
  const header = page.querySelector(".overstap-language"), old = document.querySelector(".overstap-language");
  if (header && old) old.replaceWith(document.adoptNode(header));
  const type = part("type"), typing = part("type", page);
  if (typing) {
    for (const each of ["label", "button"]) type.querySelector(each).textContent = typing.querySelector(each).textContent;
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
  }
  // Each answer has a nonce of its own: see docs/web.md.
  for (const each of type.querySelectorAll("input[type=hidden]")) each.remove();
  for (const each of document.querySelectorAll("#press input[type=hidden]")) type.append(each.cloneNode());
  if (!fresh.length) return;
  const first = part("newest") || fresh[0];
  const theirs = fresh.findLast((line) => line.classList.contains("overstap-chat__yours")) || first;
  theirs.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  if (pressed) first.focus({ preventScroll: true });
}

function replaceAll(page) {
  timers.forEach(clearTimeout);
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
  document.querySelector("[autofocus]")?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-talk")) return;
  event.preventDefault();
  const typed = form.id === "type" ? part("text").value.trim() : "";
  if (form.id === "type" && !typed) return;
  send(form, event.submitter, typed);
});

// Enter sends, and Shift+Enter begins a new line. It is the form for typing: Enter never presses an answer.
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "text" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// A page out of the history of the browser may be of somebody else by now.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// In a frame the page around it may be as high as this one.
if (parent !== window) new ResizeObserver(() => parent.postMessage({ overstap: document.body.offsetHeight }, "*")).observe(document.body);

waitForSilence();
