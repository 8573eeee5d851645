// What is nicer with a script. Without it everything works the same: this file only adds.
"use strict";

// "Choose all" beside the ones that can be ticked.
for (const all of document.querySelectorAll("[data-chooses]")) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${all.dataset.chooses}"]`)];
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
  });
}

// A password can be looked at; that it cannot is what it begins with, and what is sent.
for (const button of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
}

// A link to a part that is folded opens it.
function unfold() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  for (let part = target && target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
}
addEventListener("hashchange", unfold);
unfold();

// Nobody sends a form twice by pressing twice.
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

// After half an hour without a page nothing personal stays on the screen.
const idle = document.querySelector("meta[name=idle-seconds]");
if (idle) setTimeout(() => location.reload(), Number(idle.content) * 1000 + 5000);
