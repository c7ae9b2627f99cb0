/* Shows a notice while a service is not up. No dependencies.
 *   <script src="https://status.example.com/notice.js" data-service="Website" defer></script>
 * data-service: the name on the status page. data-lang: en or ja; else as the page says.
 */
(function () {
  "use strict";
  var own = document.currentScript;
  if (!own || !own.dataset.service || !window.fetch) {
    return;
  }
  var service = own.dataset.service;
  var wanted = (own.dataset.lang || document.documentElement.lang || navigator.language || "en");
  var lang = wanted.toLowerCase().split("-")[0] === "ja" ? "ja" : "en";
  var place = new URL("notice.json?service=" + encodeURIComponent(service), own.src);
  var EVERY = 60000;
  var LONGEST = 10000;
  var COLOURS = {down: "#b3001b", degraded: "#8a5300", maintenance: "#0b57a4"};
  var box = document.createElement("div");
  var shown = "";
  var closed = "";

  box.setAttribute("role", "status");
  box.setAttribute("aria-live", "polite");
  box.setAttribute("lang", lang);

  function styled(element, styles) {
    Object.keys(styles).forEach(function (name) {
      element.style[name] = styles[name];
    });
    return element;
  }

  function added(parent, tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function hide() {
    shown = "";
    box.textContent = "";
    box.removeAttribute("style");
  }

  function show(item, all) {
    var words = item.words[lang];
    var labels = all.labels[lang];
    if (words === shown || words === closed) {
      return;
    }
    hide();
    shown = words;
    styled(box, {
      background: COLOURS[item.state], color: "#fff", padding: "0.6em 1em", display: "flex",
      flexWrap: "wrap", gap: "0.3em 1em", alignItems: "center", font: "1rem/1.4 system-ui, sans-serif"
    });
    added(box, "strong", "\u26A0\uFE0E " + words);
    if (/^https?:\/\//.test(all.url || "")) {
      styled(added(box, "a", labels.more), {color: "#fff"}).href = all.url;
    }
    var close = styled(added(box, "button", labels.close), {
      marginLeft: "auto", background: "transparent", color: "#fff", border: "1px solid #fff",
      font: "inherit", padding: "0.3em 0.8em", minHeight: "1.75em", cursor: "pointer"
    });
    close.type = "button";
    close.addEventListener("click", function () {
      closed = words;
      hide();
    });
  }

  function look() {
    if (document.hidden) {
      return;
    }
    var over = new AbortController();
    var timer = setTimeout(function () { over.abort(); }, LONGEST);
    fetch(place, {credentials: "omit", signal: over.signal})
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (all) {
        var item = all && all.items.filter(function (each) { return each.service === service; })[0];
        if (item && COLOURS[item.state]) {
          show(item, all);
        } else if (item) {
          hide();
          closed = "";
        }
      })
      .catch(function () { /* Nothing is known; what is shown stays. */ })
      .then(function () { clearTimeout(timer); });
  }

  function start() {
    document.body.insertBefore(box, document.body.firstChild);
    look();
    setInterval(look, EVERY);
    document.addEventListener("visibilitychange", look);
  }

  if (document.body) {
    start();
  } else {
    document.addEventListener("DOMContentLoaded", start);
  }
})();
