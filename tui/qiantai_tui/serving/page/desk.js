// What the page of a desk does before the terminal is there: its styles carry the page's nonce, files come as
// downloads without a window, no link leads anywhere else, and keys go to the terminal.
"use strict";
(() => {
  const { nonce } = document.currentScript;
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const made = create(name, options);
    if (String(name).toLowerCase() === "style") made.nonce = nonce;
    return made;
  };
  window.open = (address) => {
    if (String(address).startsWith(`${location.origin}/download/`)) {
      const link = create("a");
      link.href = address;
      link.download = "";
      document.body.append(link);
      link.click();
      link.remove();
    }
    return null;
  };
  document.fonts.load('16px "Desk Signs"', "●");
  const ended = () => document.body.classList.contains("-closed");
  const focus = () => document.querySelector(ended() ? "#again" : ".xterm-helper-textarea")?.focus();
  addEventListener("load", () => {
    setTimeout(() => {
      document.querySelector(".xterm-helper-textarea").ariaLabel = document.title;
      focus();
    }, 0);
    new MutationObserver(() => { if (ended()) focus(); }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  addEventListener("focus", focus);
})();
