document.querySelectorAll(".league").forEach(function (root) {
  var SIZE = 50;
  var body = root.querySelector("tbody"), table = root.querySelector("table");
  var more = root.querySelector("template");
  var rows = Array.from(body.rows).concat(more ? Array.from(more.content.querySelectorAll("tr")) : []), fitting = rows, page = 0;
  var heads = Array.from(root.querySelectorAll("thead th"));
  var find = root.querySelector("[data-find]"), year = root.querySelector("select[data-year]");
  var only = root.querySelector("[data-only]"), shown = root.querySelector("[data-shown]");
  var total = shown.textContent, unit = total.slice(-1);
  var pager = document.createElement("p"), back = document.createElement("button"), on = document.createElement("button");
  var at = document.createElement("span");
  pager.className = "pager";
  back.type = on.type = "button";
  back.textContent = "上一页";
  on.textContent = "下一页";
  pager.append(back, at, on);
  root.appendChild(pager);
  root.querySelector("form").hidden = false;
  root.querySelector("form").addEventListener("submit", function (event) { event.preventDefault(); });
  function draw(every) {
    var pages = Math.max(1, Math.ceil(fitting.length / SIZE));
    page = Math.min(Math.max(page, 0), pages - 1);
    var all = document.createDocumentFragment();
    (every ? fitting : fitting.slice(page * SIZE, (page + 1) * SIZE)).forEach(function (row) { all.appendChild(row); });
    body.replaceChildren(all);
    pager.hidden = pages === 1;
    at.textContent = "第 " + (page + 1) + "／" + pages + " 页";
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  }
  function filter() {
    var words = find.value.trim().toLowerCase().split(/\s+/);
    fitting = rows.filter(function (row) {
      return words.every(function (word) { return row.dataset.find.indexOf(word) >= 0; }) &&
        (!year || !year.value || row.dataset.year === year.value) && (!only || !only.checked || !!row.dataset.flag);
    });
    var n = fitting.length;
    shown.textContent = n === rows.length ? total : "显示 " + n + " " + unit + "，共 " + rows.length + " " + unit;
    page = 0;
    draw();
  }
  function keyOf(row, column, isText) {
    var cell = row.cells[column];
    if (isText) return cell.textContent;
    return cell.dataset.v === "" ? null : Number(cell.dataset.v);
  }
  function sort(column, isText) {
    var head = heads[column], down = head.getAttribute("aria-sort") === "ascending";
    if (head.getAttribute("aria-sort") === null && !isText) down = true;
    heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var order = new Intl.Collator("zh-CN");
    var keyed = rows.map(function (row) { return [keyOf(row, column, isText), row]; });
    keyed.sort(function (a, b) {
      if (a[0] === null || b[0] === null) return (a[0] === null) - (b[0] === null);
      var way = isText ? order.compare(a[0], b[0]) : a[0] - b[0];
      return down ? -way : way;
    });
    rows = keyed.map(function (pair) { return pair[1]; });
    filter();
  }
  heads.forEach(function (head, column) {
    var button = head.querySelector("button");
    if (button) button.addEventListener("click", function () { sort(column, !!button.dataset.text); });
  });
  [find, year, only].forEach(function (field) { if (field) field.addEventListener("input", filter); });
  back.addEventListener("click", function () { page -= 1; draw(); });
  on.addEventListener("click", function () { page += 1; draw(); });
  table.addEventListener("whole", function () { draw(true); });
  table.addEventListener("paged", function () { draw(); });
  window.addEventListener("beforeprint", function () { draw(true); });
  window.addEventListener("afterprint", function () { draw(); });
  filter();
});
