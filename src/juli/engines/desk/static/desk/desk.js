/* 聚力 Juli: what the console does beyond links and forms. Every page works without this file. */
(function () {
  "use strict";

  var YEAR = 365 * 24 * 3600;
  var isMac = /Mac|iPhone|iPad/.test(navigator.platform);

  function say(sentence) {
    var live = document.querySelector("[data-live]");
    if (live) live.textContent = sentence;
  }

  /* ---------- theme ---------- */

  function switchTheme() {
    var root = document.documentElement;
    var theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.bsTheme = theme;
    document.cookie =
      "theme=" + theme + "; path=/; max-age=" + YEAR + "; SameSite=Lax" +
      (location.protocol === "https:" ? "; Secure" : "");
  }

  /* ---------- clicks ---------- */

  function copy(button) {
    var source = document.querySelector("[data-copy-source]");
    if (!source) return;
    navigator.clipboard.writeText(source.textContent.trim()).then(function () {
      say(button.dataset.copy);
      button.setAttribute("data-copied", "");
    });
  }

  document.addEventListener("click", function (event) {
    var theme = event.target.closest("[data-theme-switch]");
    if (theme) switchTheme();
    if (event.target.closest("[data-print]")) window.print();
    var button = event.target.closest("[data-copy]");
    if (button) copy(button);
    var open = document.querySelector("details.pop[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });

  /* ---------- ticked rows ---------- */

  function ticks() {
    return Array.prototype.slice.call(document.querySelectorAll("[data-tick]"));
  }

  function tellTicked() {
    var bar = document.querySelector("[data-bulk]");
    if (!bar) return;
    var all = ticks();
    var ticked = all.filter(function (tick) { return tick.checked; }).length;
    var every = bar.querySelector("[data-bulk-all]");
    var isEvery = every && every.checked;
    var count = bar.querySelector("[data-bulk-count]");
    if (!count.dataset.unticked) count.dataset.unticked = count.textContent;
    count.textContent = ticked && !isEvery ? count.dataset.ticked.replace("{}", ticked) : count.dataset.unticked;
    bar.classList.toggle("idle", !ticked && !isEvery);
    bar.querySelectorAll("button").forEach(function (button) { button.disabled = !ticked && !isEvery; });
    var page = document.querySelector("[data-tick-page]");
    if (page) {
      page.hidden = false;
      page.checked = ticked > 0 && ticked === all.length;
      page.indeterminate = ticked > 0 && ticked < all.length;
    }
    all.forEach(function (tick) {
      tick.closest("tr").classList.toggle("picked", tick.checked || Boolean(isEvery));
    });
  }

  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-tick-page]")) {
      ticks().forEach(function (tick) { tick.checked = event.target.checked; });
    }
    if (event.target.matches("[data-tick], [data-tick-page], [data-bulk-all]")) tellTicked();
  });

  /* ---------- focus ---------- */

  /* A swap must not throw the reader back to the top: what asked for it keeps the focus if it is
     still there; else the errors take it, else the first link of what came. */
  document.addEventListener("htmx:afterSettle", function (event) {
    enhance(event.target);
    if (document.querySelector("[data-reload]")) {
      location.reload();
      return;
    }
    var fault = event.target.querySelector("[data-focus]");
    if (fault) {
      fault.focus();
      return;
    }
    var asked = event.detail.elt;
    if (asked && asked.closest("[data-poll]")) return;
    if (document.activeElement && document.activeElement !== document.body) return;
    var target = event.target.querySelector("tbody a, a, button, input");
    if (target) target.focus({ preventScroll: true });
  });

  /* Whoever has been signed out meanwhile is sent to the door, not shown the door inside a page. */
  document.addEventListener("htmx:beforeSwap", function (event) {
    var asked = new URL(event.detail.pathInfo.finalRequestPath, location.href);
    var came = event.detail.xhr.responseURL;
    if (!came || new URL(came).pathname === asked.pathname) return;
    event.detail.shouldSwap = false;
    location.reload();
  });

  document.addEventListener("htmx:responseError", function () {
    say(document.documentElement.lang.indexOf("en") === 0
      ? "The page could not be fetched. Please try again."
      : "没有取到内容，请再试一次。");
  });

  /* ---------- what only works with this file shows itself ---------- */

  function enhance(root) {
    root.querySelectorAll("[data-theme-switch], [data-copy]").forEach(function (button) {
      button.hidden = button.hasAttribute("data-copy") && !navigator.clipboard;
    });
    root.querySelectorAll("[data-key-hint]").forEach(function (hint) {
      hint.textContent = isMac ? "⌘K" : "Ctrl K";
    });
    root.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
    tellTicked();
  }

  /* A full value stays for one minute, then the page goes back and cannot be returned to. */
  function leaveInTime() {
    var value = document.querySelector("[data-leave]");
    if (!value) return;
    window.setTimeout(function () { location.replace(value.dataset.leave); }, 60000);
  }

  function start() {
    enhance(document);
    leaveInTime();
    var fault = document.querySelector("[data-focus]");
    if (fault) fault.focus();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
