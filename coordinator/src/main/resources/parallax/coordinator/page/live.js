// Keeps a page as it is on the server: asks for it again when something changed, and puts its
// main part in place of the one shown. Whatever a reader has opened, focused or typed stays.
"use strict";
(() => {
  const SOONEST = 1000; // between two renewals, ms
  const LATEST = 15000; // what is told in times grows old without any change
  const OFFLINE = 5000; // while nothing is heard of changes
  const PATIENCE = 10000; // for an answer
  const SETTLED = 900; // an answer may be as old as this
  const SPREAD = 400; // not all who are told the same ask at the same time
  const status = document.getElementById("live");
  const words = status.dataset; // in the language of the page
  let asked = 0;
  let told = 0;
  let timer = 0;
  let busy = false;
  let heard = false;
  let shown = "";
  let events = null;

  function say(text) {
    if (text !== shown) {
      shown = text;
      status.textContent = text;
    }
  }

  function localTimes(root) {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.getAttribute("datetime"));
      if (!Number.isNaN(at.getTime())) {
        time.title = time.textContent;
        time.textContent = at.toLocaleString(document.documentElement.lang, {
          year: "numeric", month: "short", day: "numeric",
          hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
        });
      }
    }
  }

  // What an element is known by in the next version of the page. What is told in it may change.
  function key(element) {
    const row = element.closest("[id]");
    const words = element.tagName === "DETAILS" ? element.querySelector("summary") : element;
    const own = element.id || element.getAttribute("href") || element.getAttribute("name") ||
      (words ? words.textContent.slice(0, 80) : "");
    return element.tagName + " " + (row ? row.id : "") + " " + own;
  }

  // The same element in the next version: of several that are known by the same, the same one.
  function find(main, fresh, element) {
    const wanted = key(element);
    const alike = (root) =>
      Array.from(root.querySelectorAll(element.tagName)).filter((each) => key(each) === wanted);
    const found = alike(fresh);
    return found[alike(main).indexOf(element)] || found[0] || null;
  }

  function isTyping(main) {
    for (const field of main.querySelectorAll("input, select, textarea")) {
      if (field === document.activeElement) {
        return true;
      }
      const changed = field.tagName === "SELECT"
        ? Array.from(field.options).some((option) => option.selected !== option.defaultSelected)
        : field.value !== field.defaultValue || field.checked !== field.defaultChecked;
      if (changed) {
        return true;
      }
    }
    return false;
  }

  function replace(text) {
    const next = new DOMParser().parseFromString(text, "text/html");
    const fresh = next.querySelector("main");
    const main = document.querySelector("main");
    if (!fresh || isTyping(main) || !document.getSelection().isCollapsed) {
      return;
    }
    localTimes(fresh);
    for (const details of main.querySelectorAll("details")) {
      const same = find(main, fresh, details);
      if (same) {
        same.open = details.open;
      }
    }
    const active = document.activeElement;
    const focused = active !== main && main.contains(active) ? active : null;
    const target = active === main ? fresh : focused && find(main, fresh, focused);
    const [x, y] = [window.scrollX, window.scrollY];
    main.replaceWith(document.adoptNode(fresh));
    if (next.title) {
      document.title = next.title;
    }
    if (target) {
      target.focus({preventScroll: true});
    }
    window.scrollTo(x, y);
  }

  async function renew() {
    timer = 0;
    if (busy || document.hidden) {
      later(LATEST);
      return;
    }
    busy = true;
    asked = Date.now();
    try {
      const answer = await fetch(location.pathname + location.search, {
        headers: {Accept: "text/html"}, signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.redirected) {
        // Whoever is not signed in any more is asked to.
        location.assign(answer.url);
        return;
      }
      if (answer.ok || answer.status === 404) {
        replace(await answer.text());
        say(heard ? words.on : words.slow);
      } else {
        say(words.status + " " + answer.status);
      }
    } catch {
      say(words.silent);
    }
    busy = false;
    later(heard ? LATEST : OFFLINE);
    if (asked < told + SETTLED) {
      later(told + SETTLED - Date.now());
    }
  }

  // In so many milliseconds at the latest.
  function later(wait) {
    const due = Math.max(Date.now() + wait, asked + SOONEST);
    if (timer === 0 || due < timer.due) {
      if (timer !== 0) {
        clearTimeout(timer.id);
      }
      timer = {due, id: setTimeout(renew, due - Date.now())};
    }
  }

  // A page that nobody sees needs no connection, of which a browser has few for one server.
  function listen() {
    if (events || document.hidden) {
      return;
    }
    events = new EventSource("/api/v1/events?brief=true");
    for (const kind of ["change", "reset"]) {
      events.addEventListener(kind, () => {
        told = Date.now();
        later(Math.random() * SPREAD);
      });
    }
    events.addEventListener("hello", () => {
      heard = true;
      say(words.on);
    });
    events.onerror = () => {
      heard = false;
      say(words.slow);
      later(OFFLINE);
      if (events && events.readyState === EventSource.CLOSED) {
        events = null;
        setTimeout(listen, LATEST);
      }
    };
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (events) {
        events.close();
        events = null;
      }
      heard = false;
    } else {
      listen();
      later(0);
    }
  });
  localTimes(document);
  listen();
  later(LATEST);
})();
