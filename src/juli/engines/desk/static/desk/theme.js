/* Runs in the head, before anything is painted: the theme the visitor chose, else that of the system. */
(function () {
  "use strict";
  var chosen = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie);
  var theme = chosen
    ? chosen[1]
    : window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.bsTheme = theme;
})();
