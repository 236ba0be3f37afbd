// The keys that a browser would have for itself, what an input method composes, and what is pasted: text alone, never
// a key.
"use strict";
(() => {
  // The terminal takes what is composed for the end of what its field holds; so the caret has to be there.
  const toTheEnd = ({ isComposing, target: field }) => {
    if (!isComposing && field.matches(".xterm-helper-textarea")) field.setSelectionRange(field.value.length, field.value.length);
  };
  addEventListener("keydown", toTheEnd, true);
  addEventListener("input", toTheEnd, true);
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
