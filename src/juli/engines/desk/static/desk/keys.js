/* 聚力 Juli: what keys do. Everything here lies behind a link or a button as well. */
(function () {
  "use strict";

  var opener = null;
  var before = "";

  function isTyping(element) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
      ? !/^(checkbox|radio|button|submit)$/.test(element.type)
      : element.isContentEditable;
  }

  function say(sentence) {
    var live = document.querySelector("[data-live]");
    if (live) live.textContent = sentence;
  }

  /* ---------- rows: j and k walk, Enter opens, x ticks ---------- */

  function rows() {
    var found = document.querySelectorAll("main [data-rows] tbody tr, main [data-walk] > li");
    return Array.prototype.slice.call(found).filter(function (row) { return row.offsetParent !== null; });
  }

  function walk(step) {
    var all = rows();
    if (!all.length) return false;
    var here = all.findIndex(function (row) { return row.hasAttribute("data-here"); });
    var next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
    next = Math.max(0, Math.min(all.length - 1, next));
    if (here >= 0) all[here].removeAttribute("data-here");
    all[next].setAttribute("data-here", "");
    var link = all[next].querySelector("a");
    if (link) link.focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  function tick() {
    var here = document.querySelector("main [data-here] input[type=checkbox]");
    if (here) here.click();
    return Boolean(here);
  }

  function edit() {
    var marks = document.querySelectorAll("main .acts a use[href$='#edit'], main .acts a[data-edit]");
    var link = marks.length && marks[0].closest("a");
    if (link) location.href = link.href;
    return Boolean(link);
  }

  /* ---------- dialogs: the palette and the list of keys ---------- */

  function open(name) {
    var dialog = document.getElementById(name);
    if (!dialog || !dialog.showModal || dialog.open) return false;
    closeDialogs();
    opener = document.activeElement;
    dialog.showModal();
    var ask = dialog.querySelector("[data-palette-ask]");
    if (ask && window.htmx) {
      ask.select();
      window.htmx.trigger(ask, "ask");
    }
    return true;
  }

  function closeDialogs() {
    document.querySelectorAll("dialog[open]").forEach(function (dialog) { dialog.close(); });
  }

  function links() {
    var found = document.querySelectorAll("[data-palette-found] a");
    return Array.prototype.slice.call(found);
  }

  /* Arrows move from the box into the results and back; Enter in the box opens the first of them. */
  function inPalette(event) {
    var ask = document.querySelector("[data-palette-ask]");
    var all = links();
    var here = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && all.length) all[Math.min(here + 1, all.length - 1)].focus();
    else if (event.key === "ArrowUp" && here > 0) all[here - 1].focus();
    else if (event.key === "ArrowUp" && here === 0) ask.focus();
    else if (event.key === "Enter" && event.target === ask && !event.isComposing && all.length && !isAsking()) {
      location.href = all[0].href;
    } else if (event.key.length === 1 && here >= 0 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      ask.focus();
      return;
    } else return;
    event.preventDefault();
  }

  function isAsking() {
    var ask = document.querySelector("[data-palette-ask]");
    return ask.classList.contains("htmx-request") || ask.value !== (ask.dataset.shown || "");
  }

  document.addEventListener("htmx:afterSwap", function (event) {
    if (!event.target.hasAttribute || !event.target.hasAttribute("data-palette-found")) return;
    var ask = document.querySelector("[data-palette-ask]");
    ask.dataset.shown = ask.value;
    var said = event.target.querySelector("[data-said]");
    if (said) say(said.dataset.said);
  });

  document.addEventListener("close", function (event) {
    if (event.target.tagName !== "DIALOG") return;
    if (opener && document.contains(opener)) opener.focus({ preventScroll: true });
    opener = null;
  }, true);

  /* ---------- keys ---------- */

  function focusSearch() {
    var find = document.querySelector("[data-find]");
    if (!find || !find.offsetParent) return open("palette");
    find.focus();
    find.select();
    return true;
  }

  function closeMenus() {
    var menu = document.querySelector("details.pop[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    if (location.hash === "#nav") location.hash = "#main";
  }

  function goHome() {
    var home = document.querySelector(".j-brand");
    if (home) location.href = home.href;
    return Boolean(home);
  }

  var KEYS = {
    "/": focusSearch,
    "?": function () { return open("keys"); },
    j: function () { return walk(1); },
    k: function () { return walk(-1); },
    x: tick,
    e: edit,
    h: function () { return before === "g" && goHome(); }
  };

  document.addEventListener("keydown", function (event) {
    if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === "k") {
      if (open("palette") || focusSearch()) event.preventDefault();
      return;
    }
    if (event.target.closest && event.target.closest("dialog")) {
      if (event.key === "Escape") {  // a search box would take it to empty itself
        event.preventDefault();
        closeDialogs();
      } else if (event.target.closest(".pal")) inPalette(event);
      return;
    }
    if (event.key === "Escape") {
      if (event.target.matches("[data-find]")) event.target.blur();
      else closeMenus();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (Object.prototype.hasOwnProperty.call(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
    before = event.key;
  });

  document.addEventListener("click", function (event) {
    var asked = event.target.closest("[data-open]");
    if (asked && !event.ctrlKey && !event.metaKey && open(asked.dataset.open)) event.preventDefault();
    if (event.target.closest("[data-close]") || event.target.tagName === "DIALOG") closeDialogs();
  });
})();
