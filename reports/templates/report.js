"use strict";

// Adds filter, sort, pages and decisions to the records. The page is complete without it, and
// no text ever becomes markup: nodes are moved, cloned or given textContent.
(() => {
  const list = document.getElementById("list");
  if (!list) return;

  const PAGE = 20;
  const WORDS = { accept: "accepted", reject: "rejected", edit: "edited" };
  const SEVERITIES = ["error", "warning", "note"];
  const byId = (id) => document.getElementById(id);
  const proposals = new Map(Object.entries(JSON.parse(byId("proposals").textContent)));
  const key = `negaudit:${document.querySelector("#records").dataset.audit}`;

  const records = Array.from(document.querySelectorAll("article.record"), (node, order) => ({
    node,
    order,
    id: node.dataset.change || "",
    text: node.textContent.toLowerCase(),
  }));
  const changes = new Set(records.map((record) => record.id).filter(Boolean));
  const decisions = restored();
  let listed = records;
  let first = 0;
  let current = null;

  // Progress is kept in the browser, where a page from disk may do so.
  function restored() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "[]");
      return new Map(kept.filter(([id]) => changes.has(id)));
    } catch {
      return new Map();
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify([...decisions]));
    } catch {
      say("This browser keeps nothing for this page: export before you close it.");
    }
  }

  const say = (text) => {
    byId("status").textContent = text;
  };

  // ---- What is listed

  function matches(record) {
    const { dataset } = record.node;
    const chosen = (name) => byId(`filter-${name}`).value;
    const fits = (name) => !chosen(name) || dataset[name] === chosen(name);
    const wanted = chosen("decision");
    const decided = decisions.get(record.id)?.decision || "none";
    return (
      ["kind", "placement", "severity", "remedy"].every(fits) &&
      (!wanted || (record.id !== "" && decided === wanted)) &&
      record.text.includes(byId("search").value.toLowerCase())
    );
  }

  const ORDERS = {
    listed: (a, b) => a.order - b.order,
    place: (a, b) => {
      const [one, other] = [a.node.dataset, b.node.dataset];
      return one.path < other.path ? -1 : one.path > other.path ? 1 : one.row - other.row;
    },
    severity: (a, b) =>
      SEVERITIES.indexOf(a.node.dataset.severity) - SEVERITIES.indexOf(b.node.dataset.severity),
    short: (a, b) => a.text.length - b.text.length,
  };

  function refresh() {
    listed = records.filter(matches).sort(ORDERS[byId("sort").value]);
    first = 0;
    current = null;
    show();
  }

  function show() {
    const page = listed.slice(first, first + PAGE);
    list.replaceChildren(...page.map((record) => record.node));
    const last = Math.min(first + PAGE, listed.length);
    const range = listed.length ? `${first + 1}–${last} of ${listed.length}` : "none fits the filter";
    byId("range").textContent = range;
    byId("previous").disabled = first === 0;
    byId("following").disabled = last >= listed.length;
    say(`Listed: ${range}`);
    mark(page.includes(current) ? current : null);
  }

  function turn(pages) {
    const start = first + pages * PAGE;
    if (start < 0 || start >= listed.length) return false;
    first = start;
    show();
    return true;
  }

  // ---- The record at hand

  function mark(record) {
    current?.node.classList.remove("current");
    current?.node.removeAttribute("aria-current");
    current = record;
    current?.node.classList.add("current");
    current?.node.setAttribute("aria-current", "true");
  }

  function select(record) {
    mark(record);
    record.node.focus({ preventScroll: true });
    record.node.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const at = current ? listed.indexOf(current) + by : first;
    if (at < 0 || at >= listed.length) return;
    if (at < first) turn(-1);
    if (at >= first + PAGE) turn(1);
    select(listed[at]);
  }

  // ---- Decisions

  function decide(record, decision, strings) {
    if (!record?.id) return say("Nothing is proposed for this record.");
    if (decision === null) decisions.delete(record.id);
    else decisions.set(record.id, strings ? { decision, strings } : { decision });
    keep();
    paint(record);
    tally();
    say(`${record.node.querySelector("h4").textContent}: ${WORDS[decision] || "undecided"}`);
  }

  function paint(record) {
    const decision = decisions.get(record.id)?.decision;
    for (const name of Object.keys(WORDS)) record.node.classList.toggle(name, name === decision);
    for (const button of record.node.querySelectorAll("[data-decision]")) {
      button.setAttribute("aria-pressed", String(button.dataset.decision === decision));
    }
    const state = record.node.querySelector(".state");
    if (state) state.textContent = WORDS[decision] || "";
  }

  function tally() {
    byId("tally").textContent = `${decisions.size} of ${changes.size} decided`;
    byId("export").disabled = decisions.size === 0;
  }

  function edit(record) {
    const proposed = proposals.get(record?.id);
    if (!proposed) return say("This one can only be edited in the file: its text is too long, hidden or not shown.");
    if (record.node.querySelector(".editor")) return;
    const form = byId("editor").content.firstElementChild.cloneNode(true);
    const mine = decisions.get(record.id)?.strings || {};
    for (const [pointer, text] of Object.entries(proposed)) {
      const label = document.createElement("label");
      const area = document.createElement("textarea");
      label.textContent = `Text at ${pointer || "the record"}`;
      area.dataset.pointer = pointer;
      area.value = mine[pointer] ?? text;
      label.append(area);
      form.insertBefore(label, form.lastElementChild);
    }
    const close = () => {
      form.remove();
      select(record);
    };
    const save = () => {
      const areas = form.querySelectorAll("textarea");
      const strings = Object.fromEntries(Array.from(areas, (area) => [area.dataset.pointer, area.value]));
      close();
      decide(record, "edit", strings);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
      event.stopPropagation();
    });
    form.querySelector(".cancel").addEventListener("click", close);
    record.node.append(form);
    form.querySelector("textarea").focus();
  }

  function act(record, name) {
    const decided = decisions.get(record?.id)?.decision;
    if (name === "edit") edit(record);
    else decide(record, decided === name ? null : name);
  }

  function decideAll(decision) {
    const open = listed.filter((record) => record.id && !decisions.has(record.id));
    for (const record of open) decisions.set(record.id, { decision });
    keep();
    open.forEach(paint);
    tally();
    say(`${open.length} undecided ones of those listed are ${WORDS[decision]} now.`);
  }

  function exported() {
    const made = records.filter((record) => decisions.has(record.id));
    return {
      schema: "negaudit.decisions/1",
      decisions: made.map((record) => ({ change: record.id, ...decisions.get(record.id) })),
    };
  }

  function download() {
    const blob = new Blob([JSON.stringify(exported(), null, 1) + "\n"], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    say("Written to decisions.json; negaudit fix --decisions decisions.json applies it.");
  }

  // ---- Keys

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    a: () => act(current, "accept"),
    r: () => act(current, "reject"),
    e: () => edit(current),
    u: () => current && decide(current, null),
    o: () => {
      for (const fold of current?.node.querySelectorAll("details") || []) fold.open = !fold.open;
    },
    "/": () => byId("search").focus(),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input[type=search], textarea, select");
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    if (typing && event.key === "Escape") event.target.blur();
    if (typing || chord || !byId("keys").checked || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // ---- The page as it opens

  function offer(name) {
    const values = new Set(records.map((record) => record.node.dataset[name]).filter(Boolean));
    for (const value of [...values].sort()) byId(`filter-${name}`).add(new Option(value, value));
  }

  for (const record of records) {
    record.node.tabIndex = -1;
    record.node.addEventListener("focusin", () => record !== current && mark(record));
    if (!record.id) continue;
    const actions = byId("actions").content.firstElementChild.cloneNode(true);
    actions.setAttribute("aria-label", `Decide on ${record.node.querySelector("h4").textContent}`);
    actions.querySelector("[data-decision=edit]").hidden = !proposals.has(record.id);
    actions.addEventListener("click", (event) => {
      const name = event.target.dataset.decision;
      if (name) act(record, name);
    });
    record.node.append(actions);
    paint(record);
  }
  ["kind", "placement", "severity", "remedy"].forEach(offer);
  document.querySelectorAll("#records .group").forEach((group) => group.remove());
  for (const id of ["tools", "list-title", "list", "pages"]) byId(id).hidden = false;
  for (const control of document.querySelectorAll(".filters select")) control.addEventListener("change", refresh);
  byId("search").addEventListener("input", refresh);
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  byId("previous").addEventListener("click", () => turn(-1));
  byId("following").addEventListener("click", () => turn(1));
  byId("accept-all").addEventListener("click", () => decideAll("accept"));
  byId("reject-all").addEventListener("click", () => decideAll("reject"));
  byId("export").addEventListener("click", download);
  byId("keys").addEventListener("change", () => {
    document.querySelector(".keys").classList.toggle("off", !byId("keys").checked);
  });
  tally();
  refresh();
})();
