// The telling route, made pleasant: one question a screen, sent without leaving the page, and nothing left behind.
// Everything works without this file. Nothing is stored on the device.
(() => {
  const make = (tag, props, ...inside) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...inside);
    return node;
  };
  const draw = (tag, attributes, text = "") => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.textContent = text;
    return node;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, key) => values[key]);

  // What is on the screen must not come back with the back button, not even from the browser's page cache.
  // A page from there stands on the screen before it can be loaded anew, so it is emptied when it is left.
  addEventListener("pagehide", () => document.querySelector("[data-wipe]")?.replaceChildren());
  addEventListener("pageshow", (event) => event.persisted && !document.documentElement.hidden && location.replace(location.pathname));

  // The phone's own Back leaves the route, and what was typed is wiped then. So it is asked first, but never of who
  // leaves in a hurry (the page is hidden by then), and not once it has been sent.
  let called = -1000; // who calls does not leave, though a browser takes it for that
  const asked = (event) => {
    const calls = event.timeStamp - called < 1000;
    called = -1000;
    if (!document.documentElement.hidden && !calls && document.querySelector("form[data-tell]")) event.preventDefault();
  };
  addEventListener("input", ({ target }) => target.closest("form[data-tell]") && addEventListener("beforeunload", asked));

  document.addEventListener("click", (event) => {
    if (event.target.closest("[href^='tel:']")) called = event.timeStamp;
    if (!event.target.closest("[href='#nu']")) return;
    event.preventDefault(); // no step in the history
    document.querySelectorAll(".now").forEach((one) => { one.open = true; });
    document.querySelector("main .notice--help a, .foot__help a").focus();
  });

  // Read aloud, by a voice of the device itself: one from elsewhere would hear along. Never what somebody typed.
  const synth = window.speechSynthesis;
  const hush = () => synth?.cancel();
  addEventListener("pagehide", hush);
  document.addEventListener("visibilitychange", hush);
  // By people, secret, read with what it stands in, or folded away.
  const WRITTEN = ".prose, .diff, .talk, .codewords, li p, details:not([open]) > :not(summary)";
  const spoken = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("mark").forEach((mark) => mark.remove());
    if (part.matches(".step--said > .field > :is(label, legend)")) copy.querySelector("span")?.remove(); // the heading said it
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const aloud = (words, region, what = "h1, h2, legend, summary, label, li, .lead, .field__hint") => {
    const button = make("button", { type: "button", className: "link", hidden: true }, words.aloud);
    const lang = document.documentElement.lang;
    const voice = () => synth.getVoices().find((one) => one.localService && one.lang.startsWith(lang));
    const look = () => { button.hidden = !voice(); };
    const still = () => { button.textContent = words.aloud; };
    button.onclick = () => {
      if (button.textContent === words.quiet) {
        hush();
        still();
        return;
      }
      hush();
      const parts = [...region().querySelectorAll(what)].filter((one) => one.getClientRects().length && !one.closest(WRITTEN));
      const text = parts.map(spoken).join("\n");
      button.textContent = words.quiet;
      synth.speak(Object.assign(new SpeechSynthesisUtterance(text), { lang, voice: voice(), onend: still, onerror: still }));
    };
    if (synth) {
      look();
      synth.addEventListener?.("voiceschanged", look);
    }
    return button;
  };

  const ASIDE = /^(language|duty|terms|help)$/; // buttons that lead away from a question, and back to it
  let left = 0; // the question that somebody left so

  // How far it is, as a thread: dots where it is still to go, a line where it went, and a knot where somebody is.
  const thread = (most) => {
    const d = "M9 12C34 4 58 5 84 11S138 18 166 11 214 4 242 10 296 17 324 11 366 6 391 11";
    const svg = draw("svg", { class: "steps__thread", viewBox: "0 0 400 24", "aria-hidden": "true" });
    const [line, knot] = [draw("path", { d }), draw("circle", { r: 7 })];
    svg.append(draw("path", { d }), line, knot);
    return [svg, (at) => {
      svg.toggleAttribute("hidden", at === 0); // who begins is not told how much is still to come
      const along = (line.getTotalLength() * at) / most;
      const { x, y } = line.getPointAtLength(along);
      line.style.strokeDasharray = `${along} 999`;
      knot.setAttribute("cx", x);
      knot.setAttribute("cy", y);
    }];
  };
  const steps = (form) => {
    const all = [...form.querySelectorAll("[data-step]")];
    const words = form.dataset;
    const intro = document.querySelectorAll("[data-intro]");
    const title = document.querySelector("h1");
    const actions = form.querySelector("[data-actions]");
    const check = actions.querySelector("button");
    const where = make("p", { className: "meta" });
    where.setAttribute("role", "status");
    const [way, go] = thread(all.length - 1);
    const button = (text, kind, go) => make("button", { type: "button", className: kind, onclick: go }, text);
    const next = button(words.next, "button", () => show(at + 1));
    const back = button(words.back, "button button--quiet", () => show(at - 1));
    // Nobody skips who may read it without having seen it.
    const rest = all.indexOf(form.querySelector("[data-rest]"));
    const end = () => (at < rest ? rest : all.length - 1);
    const skip = button(words.skip, "link", () => show(end()));
    let at = 0;
    const show = (to, focus = true) => {
      if (to > 0 && at === 0 && !told()) return;
      hush();
      at = Math.max(0, Math.min(to, all.length - 1));
      const last = at === all.length - 1;
      all.forEach((step, n) => { step.hidden = n !== at; });
      intro.forEach((part) => { part.hidden = at > 0; });
      title.classList.toggle("visually-hidden", at > 0);  // a screen reader still hears where it is
      back.hidden = at === 0;
      skip.hidden = at === 0 || end() < at + 2;
      skip.textContent = at < rest ? words.skip : words.final;
      next.hidden = last;
      check.hidden = !last;
      actions.querySelector("[data-last]").hidden = !last;
      go(at);
      where.textContent = at ? fill(words.progress, { n: at, all: all.length - 1 }) : "";
      if (at === 1) where.append(` ${words.calm}`);
      if (!focus) return;
      document.querySelector(".now").open = false;
      document.querySelector("[data-heard]")?.remove(); // it was seen, and the line above stays
      scrollTo(0, 0);
      all[at].querySelector("h2").focus();
    };
    const told = () => {
      const body = form.elements.body;
      if (body.value.trim()) return true;
      if (body.getAttribute("aria-invalid") !== "true") {
        body.before(make("p", { className: "field__error", id: "empty" }, words.empty));
        body.setAttribute("aria-invalid", "true");
        body.setAttribute("aria-describedby", "empty");
      }
      body.focus();
      return false;
    };
    all[0].before(make("div", { className: "steps__where" }, way, aloud(words, () => all[at]), where));
    check.before(next);
    actions.append(back, skip);
    form.addEventListener("submit", (event) => {
      if (at < all.length - 1 && !ASIDE.test(event.submitter?.value)) {
        event.preventDefault(); // Enter in a field
        event.stopImmediatePropagation();
        show(at + 1);
      } else if (ASIDE.test(event.submitter?.value)) left = at;
    });
    document.querySelectorAll(".errors a[href^='#']").forEach((link) => link.addEventListener("click", () => {
      const step = document.querySelector(link.hash)?.closest("[data-step]");
      if (step) show(all.indexOf(step), false);
    }));
    const [about, only] = form.querySelectorAll("[data-follows]"); // who tells, about whom, and could they themselves
    const another = () => {
      const { perspective, told_for: whom } = form.elements;
      about.hidden = !perspective.value && !whom.value;
      only.hidden = /^(self)?$/.test(whom.value);
    };
    form.addEventListener("change", another);
    another();
    const wrong = all.findIndex((step) => step.querySelector(".field__error"));
    show(wrong < 0 && form.elements.body.value.trim() ? left : Math.max(0, wrong), false);
    left = 0;
  };

  const count = (area, words) => {
    const left = make("p", { className: "meta" });
    left.setAttribute("role", "status");
    area.after(left);
    const say = () => {
      const n = area.dataset.most - area.value.length;
      left.textContent = n > 1000 ? "" : fill(n < 0 ? words.over : words.left, { n: Math.abs(n).toLocaleString(`${document.documentElement.lang}-u-nu-latn`) });
    };
    area.addEventListener("input", say);
    say();
  };

  const clearing = (words, clear) => make("button", { type: "button", className: "link", onclick: clear }, words.clear);

  const CORNERS = { me: [160, 40], family: [40, 210], professionals: [280, 210] };
  const SPOTS = { me: [80, 10, 10], family: [10, 80, 10], professionals: [10, 10, 80], equal: [34, 33, 33] };
  const triangle = (box, form) => {
    const [a, b, c] = Object.values(CORNERS);
    const words = box.dataset;
    const dot = draw("circle", { r: 16 });
    const svg = draw("svg", { viewBox: "0 0 320 250", role: "slider", tabindex: 0, direction: "ltr", "aria-label": words.label, "aria-valuemin": 0, "aria-valuemax": 100 });
    svg.append(draw("path", { d: `M${a}L${b}L${c}Z`, fill: "none", stroke: "currentColor", "stroke-width": 2 }));
    [["me", 160, 24, "middle"], ["family", 4, 240, "start"], ["professionals", 316, 240, "end"]].forEach(([who, x, y, anchor]) => svg.append(draw("text", { x, y, "text-anchor": anchor, "font-size": 17, fill: "currentColor" }, words[who])));
    svg.append(dot);
    const hidden = form.elements.decided_point;
    const radios = [...form.elements.decided];
    let now = null;
    const clear = clearing(form.dataset, () => {
      hidden.value = "";
      radios.forEach((radio) => { radio.checked = false; });
      put(null);
      svg.focus();
    });
    box.append(make("p", { className: "field__hint" }, words.hint), svg, clear);
    const put = (point) => {
      now = point;
      clear.style.visibility = point || radios.some((radio) => radio.checked) ? "" : "hidden";
      dot.style.opacity = point ? "" : ".3"; // it lies in the middle, to be taken up
      svg.setAttribute("aria-valuenow", point ? point[0] : 0);
      svg.setAttribute("aria-valuetext", point ? fill(words.value, { me: point[0], family: point[1], professionals: point[2] }) : form.dataset.none);
      const [x, y, z] = point || SPOTS.equal;
      dot.setAttribute("cx", (a[0] * x + b[0] * y + c[0] * z) / 100);
      dot.setAttribute("cy", (a[1] * x + b[1] * y + c[1] * z) / 100);
    };
    const choose = (raw) => {
      const positive = raw.map((part) => Math.max(0, part));
      const sum = positive[0] + positive[1] + positive[2];
      const me = Math.round((100 * positive[0]) / sum);
      const family = Math.min(100 - me, Math.round((100 * positive[1]) / sum));
      radios.forEach((radio) => { radio.checked = false; });
      put([me, family, 100 - me - family]);
      hidden.value = now.join();
    };
    const point = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const me = (b[1] - at.y) / (b[1] - a[1]);
      const professionals = (at.x - b[0] - me * (a[0] - b[0])) / (c[0] - b[0]);
      choose([me, 1 - me - professionals, professionals]);
    };
    dot.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false }); // it goes up and down too
    let before = [];
    svg.addEventListener("pointerdown", (event) => {
      before = [hidden.value, radios.find((radio) => radio.checked)];
      svg.setPointerCapture(event.pointerId);
      point(event);
    });
    svg.addEventListener("pointercancel", () => { // a finger that scrolled the page began here
      [hidden.value] = before;
      radios.forEach((radio) => { radio.checked = radio === before[1]; });
      stand();
    });
    svg.addEventListener("pointermove", (event) => event.buttons && point(event));
    svg.addEventListener("keydown", (event) => {
      const move = { ArrowUp: [6, -3, -3], ArrowDown: [-6, 3, 3], ArrowLeft: [0, 5, -5], ArrowRight: [0, -5, 5] }[event.key];
      if (!move) return;
      event.preventDefault();
      choose((now || SPOTS.equal).map((part, n) => part + (now ? move[n] : 0)));
    });
    radios.forEach((radio) => radio.addEventListener("change", () => {
      hidden.value = "";
      put(SPOTS[radio.value] || null);
    }));
    const stand = () => put(hidden.value ? hidden.value.split(",").map(Number) : SPOTS[form.elements.decided.value] || null);
    stand();
  };

  // A slider over the five choices: it moves them, and they are what is sent. Who does not touch it has chosen nothing.
  const slider = (set, words) => {
    const row = set.querySelector(".choices");
    const radios = [...row.querySelectorAll("input")];
    const legend = set.querySelector("legend");
    legend.id = `${set.id}_legend`;
    const range = make("input", { type: "range", min: 1, max: 5, autocomplete: "off" });
    range.setAttribute("aria-labelledby", legend.id);
    const put = () => {
      const on = radios.find((radio) => radio.checked);
      range.value = on?.value || 3;
      range.className = on ? "" : "is-empty";
      range.setAttribute("aria-valuetext", on ? on.closest("label").textContent : words.none);
      clear.style.visibility = on ? "" : "hidden"; // its place stays, so that nothing jumps
    };
    const choose = () => {
      radios[range.value - 1].checked = true;
      put();
    };
    const clear = clearing(words, () => {
      radios.forEach((radio) => { radio.checked = false; });
      put();
      range.focus();
    });
    // A press in the middle, where it began, moves nothing, and on some phones a press beside the dot neither.
    let moved = false, before = null;
    range.addEventListener("pointerdown", () => {
      moved = false;
      before = radios.find((radio) => radio.checked);
    });
    range.addEventListener("pointercancel", () => { // a finger that scrolled the page began here
      radios.forEach((radio) => { radio.checked = radio === before; });
      put();
    });
    range.addEventListener("input", () => {
      moved = true;
      choose();
    });
    range.addEventListener("pointerup", ({ clientX }) => {
      if (moved) return;
      const { left, width } = range.getBoundingClientRect();
      const part = (clientX - left) / width;
      range.value = 1 + 4 * (getComputedStyle(range).direction === "rtl" ? 1 - part : part);
      choose();
    });
    range.addEventListener("click", choose);
    range.addEventListener("keydown", (event) => {
      if (event.key !== " " && (range.className === "" || !/^Arrow/.test(event.key))) return;
      event.preventDefault(); // the first press takes it up where it is
      choose();
    });
    radios.forEach((radio) => radio.addEventListener("change", put));
    row.prepend(range);
    set.append(clear);
    put();
  };

  const review = (form) => form.addEventListener("input", ({ target }) => {
    const key = target.dataset.own || target.closest("[data-choice]")?.dataset.choice;
    if (!key) return;
    const own = form.elements[`own-${key}`];
    const radios = form.elements[`mark-${key}`];
    if (target === own) radios.value = "own";
    const chosen = form.querySelector(`[name=mark-${key}]:checked`);
    const text = chosen.dataset.text ?? (own.value.trim() || radios[0].dataset.text);
    form.querySelectorAll(`[data-becomes="${key}"]`).forEach((place) => {
      place.textContent = text;
      place.hidden = chosen.value === "leave";
    });
    if (chosen.value === "own" && target !== own) own.focus();
  });

  // Another language: the frame of the page changes too, and the address, without a step in the history.
  const speak = (page, to) => {
    const { lang, dir } = page.documentElement;
    Object.assign(document.documentElement, { lang, dir });
    [".skip", ".skip + .skip", ".top__nav", ".menu", ".foot"].forEach((part) => document.querySelector(part)?.replaceWith(page.querySelector(part)));
    document.querySelector(".exit").textContent = page.querySelector(".exit").textContent;
    history.replaceState(null, "", to);
  };

  const failed = (form, why) => {
    form.querySelector(".notice--offline")?.remove();
    const notice = make("p", { className: "notice notice--error notice--offline" }, why);
    notice.setAttribute("role", "alert");
    form.append(notice);
  };

  // Sent in the page itself: no step in the history, and nothing is lost when the connection is.
  const send = (form, only) => {
    let busy = false;
    form.addEventListener("submit", async (event) => {
      if (only && event.submitter?.value !== only) return;
      event.preventDefault();
      if (busy) return;
      busy = true;
      const data = new FormData(form);
      data.append("do", event.submitter?.value || "check");
      form.setAttribute("aria-busy", "true");
      let why = form.dataset.offline;
      try {
        const to = event.submitter?.getAttribute("formaction") || form.action;
        const answer = await fetch(to, { method: "POST", body: data });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        // What says that it went wrong has no place for what was typed: then this page stays.
        if (answer.status === 400) why = [...page.querySelectorAll("main p:not(.row)")].map((line) => line.textContent).join(" ");
        if ([400, 413].includes(answer.status) || answer.status >= 500 || !page.querySelector("main")) throw new Error(answer.status);
        document.title = page.title;
        if (to !== form.action) speak(page, to);
        page.querySelectorAll("head link[rel=stylesheet]").forEach((sheet) => {
          if (!document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(sheet);
        });
        document.querySelector("main").replaceWith(page.querySelector("main"));
        const home = document.querySelector("form[data-mine]"); // what was changed is sent: back behind the code
        if (home) history.replaceState(null, "", home.action);
        scrollTo(0, 0);
        const first = document.querySelector("main [autofocus]") || document.querySelector("main h1");
        start();
        first.tabIndex = -1;
        first.focus();
      } catch {
        failed(form, why);
      }
      form.removeAttribute("aria-busy");
      busy = false;
    });
  };

  // Who walks away from the page behind the code leaves a story on the screen. What somebody is writing there stays.
  const close = (done) => {
    let last = Date.now();
    const alive = () => { last = Date.now(); };
    ["pointerdown", "keydown", "scroll"].forEach((sign) => addEventListener(sign, alive, { passive: true }));
    const writes = () => [...document.querySelectorAll("textarea, [type=email]")].some((field) => field.value !== field.defaultValue);
    setInterval(() => {
      if (!done.isConnected || Date.now() - last < done.dataset.minutes * 60000 || writes()) return;
      alive();
      done.requestSubmit();
    }, 15000);
  };

  const start = () => {
    const form = document.querySelector("form[data-tell]");
    if (form) {
      form.querySelectorAll("textarea").forEach((area) => count(area, form.dataset));
      form.querySelectorAll("[data-triangle]").forEach((box) => triangle(box, form));
      form.querySelectorAll("fieldset.scale").forEach((set) => slider(set, form.dataset));
      if (form.querySelector("[data-step]")) steps(form);
      else if (form.dataset.aloud) document.querySelector("h1").after(aloud(form.dataset, () => form.parentNode));
      review(form);
      send(form);
    }
    const page = document.querySelector("[data-wipe][data-aloud]");
    if (page) page.querySelector("h1").after(aloud(page.dataset, () => page, "h1, h2, h3, legend, label, li, p, summary"));
    document.querySelectorAll("#code, [data-mine]").forEach((one) => send(one, "language"));
    const paper = document.querySelector("[data-print]");
    if (paper) {
      paper.hidden = false;
      paper.onclick = () => print();
    }
    const done = document.querySelector("form[data-done]");
    if (done?.dataset.minutes) close(done);
    done?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.currentTarget;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
      if (answer?.type === "opaqueredirect") return location.replace(form.dataset.done);
      // It is still open, which whoever walks away has to know; nothing of it stays on the screen.
      document.querySelector("[data-wipe]").replaceChildren(form);
      return failed(form, form.dataset.offline);
    });
  };
  start();

  // What was being written when the session ended came along to the code page: the history keeps the page, not the form.
  const code = document.querySelector("#code");
  if (code) history.replaceState(null, "", code.action);
})();
