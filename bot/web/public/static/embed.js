// One line in a page of another site shows the talk there:  <script src="https://OUR-ADDRESS/embed.js" async></script>
"use strict";
(() => {
  const script = document.currentScript;
  const frame = document.createElement("iframe");
  frame.src = new URL("/frame", script.src);
  frame.title = script.dataset.title || "Overstap";
  frame.style.cssText = "inline-size: 100%; block-size: 40rem; border: 0";
  script.after(frame);
  // As high as what is in it, so that there is one scroll bar.
  addEventListener("message", (event) => {
    const height = event.source === frame.contentWindow && event.data && Number(event.data.overstap);
    if (height > 0) frame.style.blockSize = `${Math.min(height, 20000)}px`;
  });
})();
