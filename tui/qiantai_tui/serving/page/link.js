// Whether the server is still there: a page that hears nothing says so, and opens the desk again once there is one.
"use strict";
(() => {
  const { every, unheard } = document.currentScript.dataset;
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      let asked = 0;
      const looking = setInterval(() => {
        if (asked >= Number(unheard)) {
          document.body.classList.add("-closed");
          this.close();
        } else if (this.readyState === Socket.OPEN) {
          asked += 1;
          this.send(JSON.stringify(["ping", String(Date.now())]));
        }
      }, Number(every) * 1000);
      this.addEventListener("message", () => { asked = 0; });
      this.addEventListener("close", () => clearInterval(looking));
    }
  };
  const there = () => fetch("/static/desk.css", { signal: AbortSignal.timeout(5000) }).then(() => true, () => false);
  addEventListener("DOMContentLoaded", () => {
    const again = document.querySelector("#again");
    again.addEventListener("click", async (click) => {
      click.preventDefault();
      if (await there()) return location.reload();
      const ended = document.querySelector(".ended span");
      ended.textContent = ended.dataset.away;
      return undefined;
    });
  });
})();
