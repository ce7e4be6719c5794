document.querySelectorAll(".league").forEach(function (root) {
  var body = root.querySelector("tbody");
  var rows = Array.from(body.rows);
  var heads = Array.from(root.querySelectorAll("thead th"));
  var find = root.querySelector("[data-find]"), year = root.querySelector("select[data-year]");
  var only = root.querySelector("[data-only]"), shown = root.querySelector("[data-shown]");
  var total = shown.textContent, unit = total.slice(-1);
  root.querySelector("form").hidden = false;
  root.querySelector("form").addEventListener("submit", function (event) { event.preventDefault(); });
  function filter() {
    var words = find.value.trim().toLowerCase().split(/\s+/), n = 0;
    rows.forEach(function (row) {
      var fits = words.every(function (word) { return row.dataset.find.indexOf(word) >= 0; }) &&
        (!year || !year.value || row.dataset.year === year.value) && (!only || !only.checked || !!row.dataset.flag);
      row.hidden = !fits;
      if (fits) n += 1;
    });
    shown.textContent = n === rows.length ? total : "显示 " + n + " " + unit + "，共 " + rows.length + " " + unit;
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
    var all = document.createDocumentFragment();
    rows.forEach(function (row) { all.appendChild(row); });
    body.appendChild(all);
  }
  heads.forEach(function (head, column) {
    var button = head.querySelector("button");
    if (button) button.addEventListener("click", function () { sort(column, !!button.dataset.text); });
  });
  [find, year, only].forEach(function (field) { if (field) field.addEventListener("input", filter); });
});
