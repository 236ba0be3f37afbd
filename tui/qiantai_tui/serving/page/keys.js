// The keys that a browser would have for itself, and what is pasted: text alone, never a key.
"use strict";
(() => {
  const mayPaste = (key) => key.ctrlKey && !key.altKey && !key.metaKey && key.key?.toLowerCase() === "v";
  addEventListener("keydown", (key) => {
    document.querySelector(".told").hidden = true;
    if (mayPaste(key)) key.stopImmediatePropagation();
  }, true);
  addEventListener("paste", (pasted) => {
    if (!pasted.isTrusted || !pasted.target.matches(".xterm-helper-textarea")) return;
    pasted.preventDefault();
    pasted.stopImmediatePropagation();
    const text = pasted.clipboardData.getData("text/plain").replace(/[^\P{Cc}\t\n\r]/gu, "");
    const told = document.querySelector(".told");
    told.hidden = text.length <= Number(told.dataset.most);
    if (!told.hidden) return;
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    pasted.target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, true);
})();
