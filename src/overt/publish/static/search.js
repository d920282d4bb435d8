// Search and "check this place", in the reader's browser. Nothing typed is stored, sent or put into the address.
"use strict";
(function () {
  const box = document.getElementById("q");
  const list = document.getElementById("hits");
  const said = document.getElementById("said");
  if (!box || !list || !said) return;
  const words = document.getElementById("words").dataset;
  const root = words.root;
  const language = Number(words.language);
  const parts = {};
  const waiting = {};
  window.overtPut = function (name, data) { parts[name] = data; };

  function part(name) {
    if (name in parts) return Promise.resolve(parts[name]);
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done, failed) {
        const script = document.createElement("script");
        script.src = root + name + ".js";
        script.onload = function () { done(parts[name]); };
        script.onerror = failed;
        document.head.append(script);
      });
    }
    return waiting[name];
  }

  let simple = null;
  function fold(text, pairs) {
    if (!simple) {
      simple = new Map();
      const all = Array.from(pairs);
      for (let at = 0; at < all.length; at += 2) simple.set(all[at], all[at + 1]);
    }
    const bare = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
    return Array.from(bare, function (c) { return simple.get(c) || c; }).join("").trim().split(/\s+/).join(" ");
  }

  const han = /[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{323af}]/u;
  function terms(text) {
    const out = [];
    for (const run of text.match(/[\p{L}\p{N}]+/gu) || []) {
      let word = "";
      let chars = [];
      const flush = function () {
        if (word) out.push(word);
        if (chars.length === 1) out.push(chars[0]);
        for (let at = 0; at + 1 < chars.length; at++) out.push(chars[at] + chars[at + 1]);
        word = "";
        chars = [];
      };
      for (const c of run) {
        if (han.test(c)) { if (word) flush(); chars.push(c); } else { if (chars.length) flush(); word += c; }
      }
      flush();
    }
    return Array.from(new Set(out));
  }

  function shard(term) {
    let value = 0;
    for (const c of term) value = (value * 31 + c.codePointAt(0)) % 64;
    return value;
  }

  function show(pages) {
    list.replaceChildren();
    for (const page of pages) {
      const link = document.createElement("a");
      link.href = page[0];
      link.textContent = page[language];
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
  }

  function say(template, number) { said.textContent = template.replace("{n}", String(number)); }

  async function find(typed) {
    const head = await part("d");
    const text = fold(typed, head.han);
    const wanted = terms(text);
    if (!wanted.length) { show([]); said.textContent = ""; return; }
    const weight = new Map();
    for (const term of wanted) {
      const packed = (await part("p" + shard(term)))[term] || [];
      const here = new Map();
      let number = 0;
      for (let at = 0; at < packed.length; at += 2) {
        number += packed[at];
        here.set(number, packed[at + 1] / (packed.length / 2));
      }
      if (term === wanted[0]) here.forEach(function (w, n) { weight.set(n, w); });
      else weight.forEach(function (w, n) { if (here.has(n)) weight.set(n, w + here.get(n)); else weight.delete(n); });
    }
    const hits = [];
    for (const [number, w] of weight) {
      // A run of characters without spaces must stand there as it was typed.
      const runs = text.split(" ").filter(function (run) { return han.test(run) && Array.from(run).length > 2; });
      if (runs.length) {
        const texts = await part("t" + Math.floor(number / head.texts));
        const whole = texts[number % head.texts];
        if (!runs.every(function (run) { return whole.includes(run); })) continue;
      }
      hits.push([w, number]);
    }
    hits.sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; });
    show(hits.map(function (hit) { return head.pages[hit[1]]; }));
    say(hits.length ? words.found : words.none, hits.length);
  }

  async function check(typed) {
    const all = await part("places");
    const text = fold(typed, all.han);
    if (!text) { show([]); said.textContent = ""; return; }
    const least = han.test(text) ? 2 : 3, inner = han.test(text) ? 4 : 8;
    const length = Array.from(text).length;
    const hits = new Map();
    for (const place of all.places) {
      const same = place.names.some(function (name) {
        return name === text || (length >= least && (name.startsWith(text) || text.includes(name)))
          || (length >= inner && name.includes(text));
      });
      if (same) for (const page of place.pages) hits.set(page[0], page);
    }
    show(Array.from(hits.values()));
    say(hits.size ? words.found : words.none, hits.size);
  }

  const run = words.kind === "check" ? check : find;
  if (words.kind === "check") part("places");
  let last = 0;
  box.addEventListener("input", function () {
    const mine = ++last;
    run(box.value).catch(function () { if (mine === last) said.textContent = words.failed; });
  });
  box.disabled = false;
  const out = document.getElementById("leave");
  if (out) {
    out.hidden = false;
    out.addEventListener("click", function () { box.value = ""; show([]); window.location.replace("about:blank"); });
  }
})();
