// Filters and orders of the register. The choice stands in the address behind "#", so that it can be passed on.
"use strict";
(function () {
  const form = document.getElementById("choose");
  const table = document.getElementById("rows");
  const said = document.getElementById("shown");
  if (!form || !table || !said) return;
  const rows = Array.from(table.querySelectorAll("tr[data-support]"));
  const bodies = Array.from(table.tBodies);
  const first = new Map(rows.map(function (row, at) { return [row, at]; }));
  const fields = ["country", "operator", "support", "status"];
  const strength = ["none", "alleged", "reported", "corroborated", "confirmed"];
  const key = {
    support: function (row) { return -strength.indexOf(row.dataset.support.split("\n")[0]); },
    roots: function (row) { return -Number(row.dataset.roots); },
    place: function (row) { return first.get(row); },
  };

  function values(row, field) { return row.dataset[field] ? row.dataset[field].split("\n") : []; }

  for (const field of fields) {
    const found = new Set();
    for (const row of rows) for (const value of values(row, field)) found.add(value);
    const select = form.elements[field];
    for (const value of Array.from(found).sort()) {
      const option = document.createElement("option");
      option.value = value;
      const label = Array.from(form.querySelectorAll("[data-label-of]")).find(function (one) {
        return one.dataset.labelOf === value && one.dataset.of === field;
      });
      option.textContent = label ? label.textContent : value;
      select.append(option);
    }
    select.closest("p").hidden = found.size < 2;
  }

  function apply() {
    let number = 0;
    for (const row of rows) {
      row.hidden = !fields.every(function (field) {
        const wanted = form.elements[field].value;
        return !wanted || values(row, field).includes(wanted);
      });
      if (!row.hidden) number++;
    }
    const order = key[form.elements.order.value] || key.place;
    function by(a, b) { return order(a) - order(b) || first.get(a) - first.get(b); }
    const best = new Map();
    for (const body of bodies) {
      const mine = Array.from(body.querySelectorAll("tr[data-support]")).sort(by);
      mine.forEach(function (row) { body.append(row); });
      body.hidden = mine.length > 0 && mine.every(function (row) { return row.hidden; });
      best.set(body, mine.find(function (row) { return !row.hidden; }) || mine[0]);
    }
    bodies.slice().sort(function (a, b) { return by(best.get(a), best.get(b)); })
      .forEach(function (body) { table.append(body); });
    said.textContent = form.dataset.shown.replace("{n}", String(number)).replace("{all}", String(rows.length));
  }

  function read() {
    const hash = window.location.hash.slice(1);
    const asked = new URLSearchParams(hash.includes("=") ? hash : "");
    for (const field of fields.concat("order")) {
      const select = form.elements[field];
      const value = asked.get(field) || "";
      select.value = Array.from(select.options).some(function (o) { return o.value === value; }) ? value : "";
    }
    apply();
  }

  form.addEventListener("change", function () {
    const chosen = new URLSearchParams();
    for (const field of fields.concat("order")) {
      if (form.elements[field].value) chosen.set(field, form.elements[field].value);
    }
    const address = chosen.toString();
    window.history.replaceState(null, "", address ? "#" + address : window.location.pathname);
    apply();
  });
  window.addEventListener("hashchange", function () { if (window.location.hash.includes("=")) read(); });
  form.hidden = false;
  read();
})();
