"use strict";
// Enhances a page that is complete without it: shows the values of the chart by pointer or arrow keys, makes tables
// sortable, and shortens long lists. Text is inserted as text only, never as HTML.

const number = (cell) => parseFloat(cell.textContent.replace(/[^0-9.−-]/g, "").replace("−", "-"));

for (const table of document.querySelectorAll("table.list")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const first = Number(table.dataset.first);
  const cut = () => [...body.rows].forEach((row, index) => row.classList.toggle("rest", index >= first));

  heads.forEach((head, column) => {
    if (head.classList.contains("spark")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isNumber = head.classList.contains("number");
      const order = head.ariaSort ?? (isNumber ? "ascending" : "descending");
      const sign = order === "ascending" ? -1 : 1;
      const rows = [...body.rows].sort((left, right) => {
        const [one, other] = [left.cells[column], right.cells[column]];
        return sign * (isNumber ? (number(one) || 0) - (number(other) || 0) : one.textContent.localeCompare(other.textContent));
      });
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.ariaSort = sign < 0 ? "descending" : "ascending";
      body.append(...rows);
      if (first) cut();
    });
  });

  if (first && body.rows.length > first) {
    const all = document.createElement("button");
    all.type = "button";
    all.className = "all";
    const isWhole = !table.parentElement.querySelector(".note");
    const offer = `Show ${isWhole ? "all " : ""}${body.rows.length}`;
    all.textContent = offer;
    all.addEventListener("click", () => {
      all.textContent = table.classList.toggle("short") ? offer : "Show fewer";
    });
    table.after(all);
  }
}

const charts = document.querySelector(".charts");
const values = document.getElementById("trend-table")?.tBodies[0].rows;
if (charts && values?.length) {
  for (const title of charts.querySelectorAll("title")) title.remove();
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  charts.append(tip);
  const names = [...document.querySelectorAll("#trend-table thead th")].map((head) => head.textContent);
  const cursors = [...charts.querySelectorAll(".plot")].map((plot) => {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    line.setAttribute("class", "cursor");
    line.setAttribute("y1", "14");
    line.setAttribute("y2", "226");
    line.setAttribute("visibility", "hidden");
    plot.append(line);
    return line;
  });
  let shown = -1;

  const show = (index) => {
    shown = Math.max(0, Math.min(values.length - 1, index));
    const cells = [...values[shown].cells].map((cell) => cell.textContent);
    const title = document.createElement("b");
    title.textContent = cells[0];
    tip.replaceChildren(title);
    for (let column = 1; column < cells.length; column++) {
      const line = document.createElement("div");
      line.textContent = `${cells[column]} ${names[column]}`;
      tip.append(line);
    }
    tip.hidden = false;
    const share = (shown + 0.5) / values.length;
    for (const cursor of cursors) {
      cursor.setAttribute("x1", `${share * 100}%`);
      cursor.setAttribute("x2", `${share * 100}%`);
      cursor.setAttribute("visibility", "visible");
    }
    const room = charts.clientWidth - tip.offsetWidth;
    const beside = share * charts.clientWidth + (share > 0.5 ? -tip.offsetWidth - 12 : 12);
    tip.style.left = `${Math.max(0, Math.min(room, beside))}px`;
  };
  const hide = () => {
    shown = -1;
    tip.hidden = true;
    for (const cursor of cursors) cursor.setAttribute("visibility", "hidden");
  };

  charts.addEventListener("pointermove", (event) => {
    const box = charts.getBoundingClientRect();
    show(Math.floor(((event.clientX - box.left) / box.width) * values.length));
  });
  charts.addEventListener("pointerleave", hide);
  charts.addEventListener("blur", hide);
  charts.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    if (event.key === "Escape") hide();
    if (!(event.key in steps)) return;
    event.preventDefault();
    show(shown < 0 ? (event.key === "ArrowLeft" || event.key === "End" ? values.length - 1 : 0) : shown + steps[event.key]);
  });
}
