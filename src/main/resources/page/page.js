// What the page does beyond HTML and htmx: it copies, counts down, says whether it is connected, gives models a cooldown, asks a model
// and draws charts. Each part stands alone; without this file the page still shows everything that is known.
"use strict";

const byId = (id) => document.getElementById(id);

// ---- A short word about what was done

let noticeTimer;
function notice(text) {
  byId("notice").textContent = text;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { byId("notice").textContent = ""; }, 6000);
}

// ---- Copying

async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Browsers give pages without TLS on other machines no clipboard.
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function copyFor(button) {
  const from = button.dataset.copyFrom;
  const text = from ? await (await fetch(from)).text() : byId(button.dataset.copy).textContent;
  await copy(text);
  notice("Copied.");
}

// ---- Clicks, also on what htmx brings later

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy || button?.dataset.copyFrom) {
    copyFor(button).catch(() => notice("The browser does not let this page copy. Select the text instead."));
  } else if (button?.dataset.action) {
    act(button);
  } else if (button?.dataset.span) {
    showSpan(button.dataset.span);
  } else if (!event.target.closest("a, button") && !String(getSelection())) {
    const row = event.target.closest("tr[data-href]");
    if (row) location.href = row.dataset.href;
  }
});

// ---- Keys: a digit opens a view, a slash goes to the filter

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const search = event.key === "/" && document.querySelector("[data-search]");
  if (link || search) event.preventDefault();
  if (link) link.click();
  if (search) search.focus();
});

// ---- Times that run

function untilThen(then) {
  const seconds = Math.max(0, Math.ceil((then - Date.now()) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor(seconds / 60) % 60).padStart(2, "0")} min`;
}

function countDown() {
  for (const time of document.querySelectorAll("time[data-until]")) {
    time.title ||= time.textContent;
    const prefix = time.parentElement.firstChild;
    if (prefix.nodeType === Node.TEXT_NODE && prefix.data === "until ") prefix.data = "for ";
    time.textContent = untilThen(Date.parse(time.dateTime));
  }
}
setInterval(countDown, 1000);
document.addEventListener("htmx:afterSettle", countDown);
countDown();

// ---- Whether changes arrive

const connection = byId("connection");
const connectionWords = { live: "Live", connecting: "Connecting…", lost: "Not connected. Trying again…", still: "" };
function connected(state) {
  connection.dataset.state = state;
  if (connection.textContent !== connectionWords[state]) connection.textContent = connectionWords[state];
}
connected(connection.dataset.state);
document.addEventListener("htmx:sseOpen", () => connected("live"));
document.addEventListener("htmx:sseError", () => connected("lost"));
// A page that nobody sees needs no connection, and browsers open only six to one host.
let source;
htmx.createEventSource = (address) => (source = new EventSource(address));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close();
  } else if (source?.readyState === EventSource.CLOSED) {
    htmx.ajax("GET", location.href, { target: "#view", select: "#view", swap: "outerHTML" });
  }
});

document.addEventListener("htmx:sseMessage", () => {
  const running = byId("status").dataset.running;
  const count = byId("running-count");
  if (count.textContent !== running) {
    count.textContent = running;
    count.dataset.count = running;
  }
});

// ---- What can be done to a model

const actions = {
  cooldown: { path: "cooldown", method: "POST", done: (model) => `${model} cools down.` },
  "end-cooldown": { path: "cooldown", method: "DELETE", done: (model) => `${model} may be asked again.` },
  try: { path: "try", method: "POST", done: (model) => `${model} was asked with one request.` },
};

async function act(button) {
  const action = actions[button.dataset.action];
  const model = button.dataset.model;
  button.disabled = true;
  try {
    const response = await fetch(`/v1/models/${model}/${action.path}`, { method: action.method });
    notice(response.ok ? action.done(model) : await problem(response));
  } catch {
    notice("The gateway cannot be reached.");
  } finally {
    button.disabled = false;
  }
}

async function problem(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return `The gateway answered with ${response.status}.`;
  }
}

// ---- Try it

const playground = byId("playground");
if (playground) playground.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(new FormData(playground));
});

async function ask(fields) {
  const text = byId("answer-text");
  const by = byId("answer-by");
  const stop = byId("stop");
  const stopper = new AbortController();
  stop.onclick = () => stopper.abort();
  byId("answer").hidden = false;
  stop.hidden = false;
  text.textContent = "";
  text.classList.remove("failed");
  by.textContent = "Asking…";
  const began = performance.now();
  try {
    const response = await fetch(playground.action, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-FreeRouter-Strategy": fields.get("strategy") },
      body: JSON.stringify({
        model: fields.get("model"), stream: true, messages: [{ role: "user", content: fields.get("prompt") }],
      }),
      signal: stopper.signal,
    });
    const attempts = response.headers.get("X-FreeRouter-Attempts") ?? "0";
    const asked = `${attempts} ${attempts === "1" ? "model" : "models"} asked`;
    if (!response.ok) {
      by.textContent = `No answer. ${asked}.`;
      throw new Error(await problem(response));
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    by.textContent = `${response.headers.get("X-FreeRouter-Model")} answered after ${seconds} s, ${asked}. `;
    const id = response.headers.get("X-FreeRouter-Request");
    if (id) {
      const link = document.createElement("a");
      link.href = `/ui/requests/${id}`;
      link.textContent = "See what happened";
      by.append(link);
    }
    await readStream(response.body, (piece) => text.append(piece));
  } catch (failure) {
    if (stopper.signal.aborted) {
      by.textContent = "Stopped.";
    } else {
      text.append(failure.message);
      text.classList.add("failed");
    }
  } finally {
    stop.hidden = true;
  }
}

async function readStream(body, show) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop();
    for (const line of lines.filter((one) => one.startsWith("data: {"))) {
      const chunk = JSON.parse(line.slice("data: ".length));
      if (chunk.error) throw new Error(chunk.error.message);
      const delta = chunk.choices?.[0]?.delta ?? {};
      if (delta.content) show(delta.content);
    }
  }
}

// ---- Charts

const charts = byId("charts");
const drawn = new Map();
let chartData;
let span = "hour";

const colors = {
  answered: "good", local: "accent", empty: "wait", refused: "bad", broken: "other", disconnected: "line-strong",
  invalid: "muted", fault: "text", attempts: "accent",
};
const palette = ["#4c78dd", "#e0862d", "#2f9e6e", "#c2497b", "#8a63d2", "#a08a2c", "#3aa0b5", "#d1594b", "#7f8794", "#5b8c3a"];

function resolved(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  charts.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function draw(box, data, lines, stacked, format) {
  drawn.get(box)?.destroy();
  box.replaceChildren();
  if (!lines.some((line) => line.values.some((value) => value))) {
    const nothing = document.createElement("p");
    nothing.className = "muted";
    nothing.textContent = "Nothing happened in this time.";
    box.append(nothing);
    return;
  }
  const axis = { stroke: resolved("muted"), grid: { stroke: resolved("line"), width: 1 }, ticks: { show: false }, font: "11px system-ui" };
  const sums = stacked ? stack(lines) : lines.map((line) => line.values);
  const series = lines.map((line, index) => {
    const stroke = colors[line.id] ? resolved(colors[line.id]) : palette[index % palette.length];
    return {
      label: line.label, stroke, width: stacked ? 0 : 2, spanGaps: true, fill: stacked ? stroke : undefined,
      points: { show: !stacked, size: 5, fill: stroke }, paths: stacked ? uPlot.paths.bars({ size: [0.7, 24] }) : undefined,
      value: (plot, value, at, position) => position == null ? "–" : format(line.values[position]),
    };
  });
  drawn.set(box, new uPlot({
    width: box.clientWidth, height: 210,
    scales: { y: { range: (plot, low, high) => [0, Math.max(1, high * 1.1)] } },
    axes: [{ ...axis, values: (plot, moments) => moments.map(clock) }, { ...axis, size: 44, incrs: format.steps, values: (plot, values) => values.map((value) => format(value)) }],
    // The highest bars come first, so that the others stand before them.
    series: [{ value: (plot, at) => at == null ? "–" : clock(at) }, ...(stacked ? series.reverse() : series)],
    legend: { live: true },
    cursor: { y: false },
  }, [data.time, ...(stacked ? sums.reverse() : sums)], box));
}

function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function stack(lines) {
  const sum = [];
  return lines.map((line) => line.values.map((value, at) => (sum[at] = (sum[at] ?? 0) + (value ?? 0))));
}

function drawAll() {
  const data = chartData[span];
  const whole = (value) => value == null ? "–" : Number.isInteger(value) ? String(value) : value.toFixed(1);
  const seconds = (value) => value == null ? "–" : `${value.toFixed(1)} s`;
  const box = (name) => charts.querySelector(`[data-chart="${name}"]`);
  whole.steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
  draw(box("outcomes"), data, data.outcomes, true, whole);
  draw(box("attempts"), data, data.attempts, false, whole);
  draw(box("firstToken"), data, data.firstToken, false, seconds);
}

function showSpan(name) {
  span = name;
  for (const button of document.querySelectorAll("[data-span]")) {
    button.setAttribute("aria-pressed", String(button.dataset.span === name));
  }
  drawAll();
}

async function loadCharts() {
  try {
    chartData = await (await fetch(charts.dataset.from)).json();
    drawAll();
  } catch {
    connected("lost");
  }
}

if (charts) {
  loadCharts();
  document.addEventListener("htmx:sseMessage", loadCharts);
  let resizing;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(drawAll, 150);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
}
